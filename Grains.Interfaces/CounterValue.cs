using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orleans.Paxos;

/// <summary>The value of a counter: a whole number in decimal digits, with a minus sign if it is negative and without anything else.</summary>
public static class CounterValue
{
    /// <summary>The largest number that can be added, and to which something can be added: 4,611,686,018,427,387,903. A sum never overflows.</summary>
    public const long Largest = (1L << 62) - 1;

    /// <summary>The longest value of a counter, in bytes: a minus sign and nineteen digits.</summary>
    public const int MostBytes = 20;

    /// <summary>Writes a number as a value.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Its decimal digits in UTF-8.</returns>
    public static byte[] Format(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads a value to which something is to be added.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The number; null if the value is not what <see cref="Format"/> writes of a number from -<see cref="Largest"/> to <see cref="Largest"/>.</returns>
    public static long? Parse(ReadOnlySpan<byte> value) => Read(value) is >= -Largest and <= Largest and var number ? number : null;

    /// <summary>Reads a value, also a sum that nothing can be added to any more.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The number; null if the value is not what <see cref="Format"/> writes of one.</returns>
    public static long? Read(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[MostBytes];
        if (value.Length > MostBytes || !Utf8Parser.TryParse(value, out long number, out _))
            return null;
        return Utf8Formatter.TryFormat(number, digits, out var written) && value.SequenceEqual(digits[..written]) ? number : null;
    }
}
