using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;

namespace Orleans.Paxos;

/// <summary>Writes entries in a message: how many there are, and each of them, little-endian and without a header for each part.</summary>
internal static class EntryWire
{
    /// <summary>How many bytes an id takes.</summary>
    public const int IdBytes = 16;

    private const int BytesWithoutValue = sizeof(long) + sizeof(int) + sizeof(byte) + IdBytes + (2 * sizeof(long));

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Deleted = 1,
        Guard = 2,
        Session = 4,
    }

    /// <summary>How many bytes entries take.</summary>
    public static int BytesOf(ImmutableArray<RegisterEntry> entries)
    {
        var bytes = sizeof(int);
        foreach (var entry in entries)
            bytes += BytesOf(entry);
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

    private static int BytesOf(RegisterEntry entry)
    {
        var guard = entry.Guard is { } fence ? sizeof(int) + Encoding.UTF8.GetByteCount(fence.Lock) + sizeof(long) : 0;
        return BytesWithoutValue + entry.Value.Length + guard + (entry.Session is null ? 0 : IdBytes);
    }

    private static void Write<TBufferWriter>(ref Writer<TBufferWriter> writer, RegisterEntry entry)
        where TBufferWriter : IBufferWriter<byte>
    {
        writer.WriteInt64(entry.Version);
        writer.WriteInt32(entry.Value.Length);
        writer.Write(entry.Value);
        writer.WriteByte((byte)PartsOf(entry));
        WriteId(ref writer, entry.RequestId);
        writer.WriteInt64(entry.At.Ticks);
        writer.WriteInt64(entry.At.Offset.Ticks);
        if (entry.Guard is { } guard)
        {
            var lockBytes = Encoding.UTF8.GetByteCount(guard.Lock);
            writer.WriteInt32(lockBytes);
            StringCodec.WriteRaw(ref writer, guard.Lock, lockBytes);
            writer.WriteInt64(guard.Token);
        }

        if (entry.Session is { } session)
            WriteId(ref writer, session);
    }

    private static Parts PartsOf(RegisterEntry entry) =>
        (entry.Deleted ? Parts.Deleted : Parts.None) | (entry.Guard is null ? Parts.None : Parts.Guard) | (entry.Session is null ? Parts.None : Parts.Session);

    private static RegisterEntry ReadEntry<TInput>(ref Reader<TInput> reader)
    {
        var (version, value, parts) = (reader.ReadInt64(), reader.ReadBytes((uint)reader.ReadInt32()), (Parts)reader.ReadByte());
        var requestId = ReadId(ref reader);
        var at = new DateTimeOffset(reader.ReadInt64(), new TimeSpan(reader.ReadInt64()));
        return new RegisterEntry(version, value, parts.HasFlag(Parts.Deleted), requestId, at)
        {
            Guard = parts.HasFlag(Parts.Guard) ? new Fence(StringCodec.ReadRaw(ref reader, (uint)reader.ReadInt32()), reader.ReadInt64()) : null,
            Session = parts.HasFlag(Parts.Session) ? ReadId(ref reader) : null,
        };
    }
}
