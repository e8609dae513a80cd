using System.Buffers;
using System.Runtime.InteropServices;
using Orleans.Serialization.Buffers;

namespace Orleans.Paxos;

/// <summary>Writes entries in a message: how many there are, and each of them, little-endian and without a header for each part.</summary>
internal static class EntryWire
{
    /// <summary>How many bytes an id takes.</summary>
    public const int IdBytes = 16;

    private const int BytesWithoutValue = sizeof(long) + sizeof(int) + sizeof(bool) + IdBytes + (2 * sizeof(long));

    /// <summary>How many bytes entries take.</summary>
    public static int BytesOf(ImmutableArray<RegisterEntry> entries)
    {
        var bytes = sizeof(int);
        foreach (var entry in entries)
            bytes += BytesWithoutValue + entry.Value.Length;
        return bytes;
    }

    /// <summary>Writes entries.</summary>
    public static void Write<TBufferWriter>(ref Writer<TBufferWriter> writer, ImmutableArray<RegisterEntry> entries)
        where TBufferWriter : IBufferWriter<byte>
    {
        writer.WriteInt32(entries.Length);
        foreach (var entry in entries)
            Write(ref writer, entry);
    }

    /// <summary>Reads entries.</summary>
    public static ImmutableArray<RegisterEntry> Read<TInput>(ref Reader<TInput> reader)
    {
        var entries = new RegisterEntry[reader.ReadInt32()];
        for (var index = 0; index < entries.Length; index++)
            entries[index] = ReadEntry(ref reader);
        return ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

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

    private static void Write<TBufferWriter>(ref Writer<TBufferWriter> writer, RegisterEntry entry)
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

    private static RegisterEntry ReadEntry<TInput>(ref Reader<TInput> reader) =>
        new(reader.ReadInt64(), reader.ReadBytes((uint)reader.ReadInt32()), reader.ReadByte() != 0, ReadId(ref reader),
            new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64())));
}
