using System.Buffers.Binary;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>SQLite's write-ahead log, read as SQLite's recovery reads it (https://www.sqlite.org/walformat.html).</summary>
/// <param name="Salts">They tell this log from every other. The first is its <see cref="Generation"/>.</param>
/// <param name="Frames">How many pages its commits have written.</param>
internal sealed record WriteAheadLog(ulong Salts, long Frames)
{
    /// <summary>A log with fewer bytes holds nothing.</summary>
    public const int LeastBytes = HeaderBytes + FrameHeaderBytes + SqliteFile.PageBytes;

    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int BytesAtOnce = 1024 * 1024;
    private const uint Magic = 0x377F0682;

    /// <summary>Drawn for a new log, and one more each time that the log starts again from its beginning.</summary>
    public uint Generation => (uint)(Salts >> 32);

    public static string PathOf(string database) => database + "-wal";

    /// <summary>Reads the log of a database; null when there is none.</summary>
    public static WriteAheadLog? Read(string database)
    {
        if (!File.Exists(PathOf(database)))
            return null;
        using var file = new FileStream(PathOf(database), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BytesAtOnce);
        return ReadHeader(file) is var (salts, checksum) ? new(salts, CountFrames(file, salts, checksum)) : null;
    }

    /// <summary>The generation of a log that exists.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static uint GenerationOf(string database)
    {
        using var file = new FileStream(PathOf(database), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return ReadHeader(file) is var (salts, _)
            ? (uint)(salts >> 32)
            : throw new IOException($"The file '{PathOf(database)}' is no write-ahead log.");
    }

    /// <summary>
    /// Makes durable what a process that died has left. It may have written commits and not flushed them, and after a flush that failed
    /// the operating system may take the pages for clean, so that the next flush does nothing and succeeds. So every byte is written
    /// again before the flush. Each stays what it is, so that whoever dies halfway leaves the log as it was.
    /// </summary>
    public static void MakeDurable(string database)
    {
        using var log = File.OpenHandle(PathOf(database), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var buffer = new byte[BytesAtOnce];
        long at = 0;
        while (RandomAccess.Read(log, buffer, at) is > 0 and var read)
        {
            RandomAccess.Write(log, buffer.AsSpan(0, read), at);
            at += read;
        }

        RandomAccess.FlushToDisk(log);
    }

    /// <returns>The salts, and the checksum that the first frame goes on with; null when this is no log of a database of ours.</returns>
    private static (ulong Salts, WriteAheadLogChecksum Checksum)? ReadHeader(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            return null;
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var checksum = new WriteAheadLogChecksum(isBigEndian: (magic & 1) == 1);
        checksum.Append(header[..24]);
        return (magic & ~1u) == Magic && BinaryPrimitives.ReadInt32BigEndian(header[8..]) == SqliteFile.PageBytes && checksum.Matches(header[24..])
            ? (BinaryPrimitives.ReadUInt64BigEndian(header[16..]), checksum)
            : null;
    }

    /// <returns>How many frames there are up to the last commit. What follows it was never answered.</returns>
    private static long CountFrames(FileStream file, ulong salts, WriteAheadLogChecksum checksum)
    {
        var frame = new byte[FrameHeaderBytes + SqliteFile.PageBytes];
        long committed = 0;
        for (long frames = 1; file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length; frames++)
        {
            checksum.Append(frame.AsSpan(0, 8));
            checksum.Append(frame.AsSpan(FrameHeaderBytes));
            if (BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) != salts || !checksum.Matches(frame.AsSpan(16)))
                break;
            var isCommit = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) != 0;
            if (isCommit)
                committed = frames;
        }

        return committed;
    }
}

/// <summary>The checksum of a write-ahead log and of its index.</summary>
/// <param name="isBigEndian">How the machine that began the log reads numbers.</param>
internal struct WriteAheadLogChecksum(bool isBigEndian)
{
    private uint _first;
    private uint _second;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            _first += Number(bytes) + _second;
            _second += Number(bytes[4..]) + _first;
        }
    }

    /// <summary>Whether a log holds this checksum here.</summary>
    public readonly bool Matches(ReadOnlySpan<byte> stored) =>
        BinaryPrimitives.ReadUInt32BigEndian(stored) == _first && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

    /// <summary>Whether an index holds this checksum here.</summary>
    public readonly bool MatchesNative(ReadOnlySpan<byte> stored) => Number(stored) == _first && Number(stored[4..]) == _second;

    private readonly uint Number(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
