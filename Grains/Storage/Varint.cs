namespace Orleans.Paxos.Storage;

/// <summary>Encodes numbers in as few bytes as they need (LEB128).</summary>
internal static class Varint
{
    /// <summary>The largest number of bytes that a number takes.</summary>
    public const int MostBytes = 10;

    public static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        return length;
    }

    /// <returns>False when the bytes do not start with a complete number.</returns>
    public static bool TryRead(ref ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && !source.IsEmpty; shift += 7)
        {
            var part = source[0];
            source = source[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return true;
        }

        return false;
    }

    /// <summary>Maps small numbers of either sign to small unsigned numbers.</summary>
    public static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    public static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
