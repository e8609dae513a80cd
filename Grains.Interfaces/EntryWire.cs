using System.Buffers;
using Orleans.Serialization.Buffers;

namespace Orleans.Paxos;

/// <summary>Writes an entry in a message, little-endian and without a header for each part.</summary>
internal static class EntryWire
{
    /// <summary>How many bytes an id takes.</summary>
    public const int IdBytes = 16;

    private const int BytesWithoutValue = sizeof(long) + sizeof(int) + sizeof(bool) + IdBytes + (2 * sizeof(long));

    /// <summary>How many bytes an entry takes.</summary>
    public static int BytesOf(RegisterEntry entry) => BytesWithoutValue + entry.Value.Length;

    /// <summary>Writes an entry.</summary>
    public static void Write<TBufferWriter>(ref Writer<TBufferWriter> writer, RegisterEntry entry)
        where TBufferWriter : IBufferWriter<byte>
    {
        writer.WriteInt64(entry.Version);
        writer.WriteInt32(entry.Value.Length);
        writer.Write(entry.Value);
        writer.WriteByte(entry.Deleted ? (byte)1 : (byte)0);
        WriteId(ref writer, entry.RequestId);
        writer.WriteInt64(entry.At.Ticks);
        writer.WriteInt64(entry.At.Offset.Ticks);
    }

    /// <summary>Reads an entry.</summary>
    public static RegisterEntry Read<TInput>(ref Reader<TInput> reader) =>
        new(reader.ReadInt64(), reader.ReadBytes((uint)reader.ReadInt32()), reader.ReadByte() != 0, ReadId(ref reader),
            new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64())));

    /// <summary>Writes an id.</summary>
    public static void WriteId<TBufferWriter>(ref Writer<TBufferWriter> writer, Guid id)
        where TBufferWriter : IBufferWriter<byte>
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        id.TryWriteBytes(bytes);
        writer.Write(bytes);
    }

    /// <summary>Reads an id.</summary>
    public static Guid ReadId<TInput>(ref Reader<TInput> reader)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        reader.ReadBytes(bytes);
        return new Guid(bytes);
    }
}
