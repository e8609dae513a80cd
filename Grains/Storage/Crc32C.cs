using System.Buffers.Binary;
using System.Numerics;

namespace Orleans.Paxos.Storage;

/// <summary>Computes the CRC-32C (Castagnoli) of bytes, eight at a time where possible.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> data) => ~Append(uint.MaxValue, data);

    /// <summary>Continues a checksum that has not yet been inverted at its end.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var rest in data)
            checksum = BitOperations.Crc32C(checksum, rest);
        return checksum;
    }
}
