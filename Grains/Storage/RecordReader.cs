using System.Buffers.Binary;
using System.Text;

namespace Orleans.Paxos.Storage;

/// <summary>Reads what <see cref="RecordWriter"/> wrote. Reading past the end throws <see cref="ArgumentOutOfRangeException"/>.</summary>
internal sealed class RecordReader(ReadOnlyMemory<byte> bytes)
{
    private ReadOnlyMemory<byte> _rest = bytes;

    /// <summary>The format version of the record that is read.</summary>
    public byte FormatVersion { get; set; }

    public bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public long Number()
    {
        var rest = _rest.Span;
        if (!Varint.TryRead(ref rest, out var value))
            throw new ArgumentOutOfRangeException(nameof(bytes), "A number has more than 64 bits, or ends too early.");
        _rest = _rest[^rest.Length..];
        return (long)value;
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public Guid Id() => new(Take(16));

    public byte[] Bytes() => Take(Length()).ToArray();

    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    public ImmutableArray<T> Each<T>(Func<RecordReader, T> read)
    {
        var count = Length();
        var items = ImmutableArray.CreateBuilder<T>(Math.Min(count, _rest.Length));
        for (var index = 0; index < count; index++)
            items.Add(read(this));
        return items.ToImmutable();
    }

    private int Length() => checked((int)Number());

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest.Span[..count];
        _rest = _rest[count..];
        return taken;
    }
}
