using System.Buffers.Binary;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Which of a record's entries are in the history, and in which segment. It is kept in the record's row, so that rewriting the record
/// needs no other page and the history needs no index. Versions are in ascending order, each stored as a varint of the difference to the
/// version before, followed by its segment's number as a zigzag varint of the difference to the number before. The CRC-32C of the row and
/// all of this ends the tail.
/// </summary>
internal sealed class HistoryTail
{
    private const int MostBytesOfAPlace = 2 * Varint.MostBytes;

    private readonly List<HistoryPlace> _places = [];
    private byte[] _bytes = new byte[512];

    public int Count => _places.Count;

    public IReadOnlyList<HistoryPlace> Places => _places;

    /// <summary>Reads the tail of a row. A missing tail is empty.</summary>
    /// <returns>False when the tail is damaged; nothing is then known.</returns>
    public bool TryRead(long row, ReadOnlySpan<byte> stored)
    {
        _places.Clear();
        if (stored.IsEmpty)
            return true;
        if (stored.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(stored[^sizeof(uint)..]) != RecordChecksum.Of(row, stored[..^sizeof(uint)]))
            return false;

        var rest = stored[..^sizeof(uint)];
        var last = default(HistoryPlace);
        while (Varint.TryRead(ref rest, out var versions) && Varint.TryRead(ref rest, out var numbers))
        {
            last = new(last.Version + (long)versions, last.Number + Varint.Unzigzag(numbers));
            _places.Add(last);
        }

        return true;
    }

    /// <summary>Drops the entries older than a version.</summary>
    public void DropBefore(long version) => _places.RemoveAll(place => place.Version < version);

    /// <summary>Adds an entry, which replaces one of the same version.</summary>
    public void Add(HistoryPlace added)
    {
        var index = _places.Count;
        while (index > 0 && _places[index - 1].Version >= added.Version)
            index--;
        if (index < _places.Count && _places[index].Version == added.Version)
            _places[index] = added;
        else
            _places.Insert(index, added);
    }

    public bool Contains(HistoryPlace place) => _places.Contains(place);

    /// <summary>Returns the bytes to store in a row, valid until the tail is used again.</summary>
    public ReadOnlySpan<byte> Write(long row)
    {
        if (_bytes.Length < (_places.Count * MostBytesOfAPlace) + sizeof(uint))
            _bytes = new byte[(_places.Count * MostBytesOfAPlace * 2) + sizeof(uint)];
        var length = 0;
        var last = default(HistoryPlace);
        foreach (var place in _places)
        {
            length += Varint.Write(_bytes.AsSpan(length), (ulong)(place.Version - last.Version));
            length += Varint.Write(_bytes.AsSpan(length), Varint.Zigzag(place.Number - last.Number));
            last = place;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(length), RecordChecksum.Of(row, _bytes.AsSpan(0, length)));
        return _bytes.AsSpan(0, length + sizeof(uint));
    }
}

/// <summary>Where an entry is in the history.</summary>
/// <param name="Version">The entry's version.</param>
/// <param name="Number">The number of the segment in which it was first added.</param>
internal readonly record struct HistoryPlace(long Version, long Number);
