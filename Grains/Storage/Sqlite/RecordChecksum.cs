using System.Numerics;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// CRC-32C of what is stored and of what it is stored as, kept beside it: SQLite has no checksums in its pages, and a promise that a disk has changed is worse than one
/// that is missing.
/// </summary>
internal static class RecordChecksum
{
    public static uint Of(long number, ReadOnlySpan<byte> data) =>
        ~Crc32C.Append(BitOperations.Crc32C(uint.MaxValue, (ulong)number), data);

    public static uint Of(HistoryKey key, ReadOnlySpan<byte> data) =>
        ~Crc32C.Append(BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)key.Record), (ulong)key.Version), data);
}
