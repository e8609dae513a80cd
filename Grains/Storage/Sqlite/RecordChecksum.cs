using System.Numerics;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Computes the CRC-32C of stored bytes and of the number that identifies them. It is stored beside the bytes. SQLite has no checksums in
/// its pages, and a promise that the disk has altered is worse than a missing one.
/// </summary>
internal static class RecordChecksum
{
    public static uint Of(long number, ReadOnlySpan<byte> data) =>
        ~Crc32C.Append(BitOperations.Crc32C(uint.MaxValue, (ulong)number), data);

    public static uint Of(HistoryKey key, ReadOnlySpan<byte> data) =>
        ~Crc32C.Append(BitOperations.Crc32C(BitOperations.Crc32C(uint.MaxValue, (ulong)key.Record), (ulong)key.Version), data);
}
