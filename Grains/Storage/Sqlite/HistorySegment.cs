using System.Buffers;
using System.Buffers.Binary;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// The entries of one row of the history. Each entry consists of its record and version, the CRC-32C of both and the bytes, the length,
/// and the bytes. Numbers are varints; the checksum is little-endian. Each entry has its own checksum, so that damage to one does not
/// affect the others.
/// </summary>
internal sealed class HistorySegment
{
    private const int MostBytesBeforeData = 40;

    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    /// <summary>Returns the wanted entries of a segment.</summary>
    public static HistorySegment Of(ReadOnlySpan<byte> stored, Func<HistoryKey, bool> isWanted)
    {
        var segment = new HistorySegment();
        while (TryTake(ref stored, out var key, out var checksum, out var data))
        {
            if (isWanted(key))
                segment.Add(key, checksum, data);
        }

        return segment;
    }

    /// <returns>The bytes of an entry; null when it is missing or damaged.</returns>
    public static byte[]? Find(ReadOnlySpan<byte> stored, HistoryKey wanted)
    {
        while (TryTake(ref stored, out var key, out var checksum, out var data))
        {
            if (key == wanted && checksum == RecordChecksum.Of(key, data))
                return data.ToArray();
        }

        return null;
    }

    public void Add(HistoryKey key, ReadOnlySpan<byte> data) => Add(key, RecordChecksum.Of(key, data), data);

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Count = 0;
    }

    private void Add(HistoryKey key, uint checksum, ReadOnlySpan<byte> data)
    {
        var target = _buffer.GetSpan(MostBytesBeforeData + data.Length);
        var length = Varint.Write(target, (ulong)key.Record);
        length += Varint.Write(target[length..], (ulong)key.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(target[length..], checksum);
        length += sizeof(uint);
        length += Varint.Write(target[length..], (ulong)data.Length);
        data.CopyTo(target[length..]);
        _buffer.Advance(length + data.Length);
        Count++;
    }

    /// <returns>False at the end, and when what follows is not an entry.</returns>
    private static bool TryTake(ref ReadOnlySpan<byte> stored, out HistoryKey key, out uint checksum, out ReadOnlySpan<byte> data)
    {
        key = default;
        checksum = 0;
        data = default;
        if (!Varint.TryRead(ref stored, out var record) || !Varint.TryRead(ref stored, out var version))
            return false;
        key = new((long)record, (long)version);
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(stored, out checksum))
            return false;
        stored = stored[sizeof(uint)..];
        if (!Varint.TryRead(ref stored, out var length) || length > (ulong)stored.Length)
            return false;
        data = stored[..(int)length];
        stored = stored[(int)length..];
        return true;
    }
}

/// <summary>Which record an entry of the history belongs to, and its version.</summary>
/// <param name="Record">The row of its record.</param>
/// <param name="Version">The entry's version.</param>
internal readonly record struct HistoryKey(long Record, long Version);
