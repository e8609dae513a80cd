using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Orleans.Paxos.Storage;

/// <summary>Writes the parts of a stored record: little-endian, lengths as varints.</summary>
internal sealed class RecordWriter
{
    private const int MostBytesKept = 64 * 1024;

    [ThreadStatic]
    private static RecordWriter? idle;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private RecordWriter()
    {
    }

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Returns an empty writer. <see cref="Return"/> it, so that the next record of this thread reuses its buffer.</summary>
    public static RecordWriter Rent()
    {
        var writer = idle ?? new RecordWriter();
        idle = null;
        return writer;
    }

    public void Return()
    {
        _buffer.ResetWrittenCount();
        if (_buffer.Capacity <= MostBytesKept)
            idle = this;
    }

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Number(long value) => _buffer.Advance(Varint.Write(_buffer.GetSpan(Varint.MostBytes), (ulong)value));

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Id(Guid value)
    {
        value.TryWriteBytes(_buffer.GetSpan(16));
        _buffer.Advance(16);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        _buffer.Write(value);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    public void Each<T>(ImmutableArray<T> items, Action<RecordWriter, T> write)
    {
        Number(items.Length);
        foreach (var item in items)
            write(this, item);
    }
}
