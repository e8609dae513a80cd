using System.Buffers.Binary;
using System.Numerics;

namespace Orleans.Paxos;

/// <summary>
/// CRC-32C of a record, kept beside it: SQLite has no checksums in its pages, and a promise that a disk has changed is worse than one
/// that is missing.
/// </summary>
internal static class RecordChecksum
{
    public static uint Of(long count, ReadOnlySpan<byte> data)
    {
        var checksum = BitOperations.Crc32C(uint.MaxValue, (ulong)count);
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var rest in data)
            checksum = BitOperations.Crc32C(checksum, rest);
        return ~checksum;
    }
}
