using System.Text;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Decodes percent-encoding strictly: text that does not decode to UTF-8 is rejected, never repaired.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes one part of a request target.</summary>
    /// <param name="encoded">The part as it appears in the request line.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">A '%' without two hexadecimal digits, or bytes that are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<char> encoded)
    {
        var bytes = new byte[encoded.Length * 3];
        var length = 0;
        for (var index = 0; index < encoded.Length; index++)
        {
            if (encoded[index] != '%')
            {
                // Kestrel has already decoded bytes above 127 as UTF-8. The two halves of a surrogate pair are encoded together.
                var width = char.IsHighSurrogate(encoded[index]) && index + 1 < encoded.Length ? 2 : 1;
                length += Encode(encoded.Slice(index, width), bytes.AsSpan(length));
                index += width - 1;
                continue;
            }

            if (index + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[index + 1]) || !char.IsAsciiHexDigit(encoded[index + 2]))
                throw new FormatException("it has a '%' that is not followed by two hexadecimal digits (write '%' itself as %25)");
            bytes[length++] = byte.Parse(encoded.Slice(index + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier);
            index += 2;
        }

        return ToText(bytes.AsSpan(0, length));
    }

    private static int Encode(ReadOnlySpan<char> character, Span<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetBytes(character, bytes);
        }
        catch (EncoderFallbackException)
        {
            throw NotUtf8();
        }
    }

    private static string ToText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw NotUtf8();
        }
    }

    private static FormatException NotUtf8() => new("its bytes are not valid UTF-8");
}
