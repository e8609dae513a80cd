using System.Buffers.Binary;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// SQLite's index of a write-ahead log, the file "-shm", as a killed process leaves it. It counts a commit after the commit was flushed, so
/// a log that holds less has lost something.
/// </summary>
internal static class WriteAheadLogIndex
{
    private const int HeaderBytes = 48;
    private const int FramesOffset = 16;
    private const int SaltsOffset = 32;
    private const int ChecksumOffset = 40;

    /// <summary>How many frames of a log are committed, as far as the index tells.</summary>
    /// <param name="database">The database. No connection may be open: to close the file would take the locks of SQLite away.</param>
    /// <param name="salts">The salts of the log.</param>
    /// <returns>0 when there is no index of this log.</returns>
    public static long FramesOf(string database, ulong salts)
    {
        var path = database + "-shm";
        if (!File.Exists(path))
            return 0;

        Span<byte> headers = stackalloc byte[2 * HeaderBytes];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.ReadAtLeast(headers, headers.Length, throwOnEndOfStream: false) < headers.Length)
            return 0;
        var header = headers[..HeaderBytes];
        var checksum = new WriteAheadLogChecksum(isBigEndian: !BitConverter.IsLittleEndian);
        checksum.Append(header[..ChecksumOffset]);
        return header.SequenceEqual(headers[HeaderBytes..])
            && checksum.MatchesNative(header[ChecksumOffset..])
            && BinaryPrimitives.ReadUInt64BigEndian(header[SaltsOffset..]) == salts
                ? BitConverter.ToUInt32(header[FramesOffset..])
                : 0;
    }
}
