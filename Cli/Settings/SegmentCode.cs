using System.Globalization;
using System.Text;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Encodes one part of a settings key as one segment of a register's name, so that different keys never share a name.
/// Bytes that a name cannot contain are written as <c>~</c> and two hexadecimal digits; a part that is empty or white space alone, which
/// a name cannot be, ends in a single <c>~</c>.
/// </summary>
internal static class SegmentCode
{
    private const char Escape = '~';

    public static string Encode(string part)
    {
        var dots = part is "." or ".."; // URLs resolve these segments.
        var segment = new StringBuilder(part.Length);
        for (var index = 0; index < part.Length; index++)
        {
            var character = part[index];
            if (dots || IsIllegal(character) || (index == 0 && character == '!'))
                segment.Append(CultureInfo.InvariantCulture, $"{Escape}{(int)character:X2}");
            else
                segment.Append(character);
        }

        var encoded = segment.ToString();
        return string.IsNullOrWhiteSpace(encoded) ? encoded + Escape : encoded;
    }

    /// <summary>Decodes a segment; null when no part is encoded as this segment.</summary>
    public static string? Decode(string segment)
    {
        var part = new StringBuilder(segment.Length);
        var end = IsBlank(segment) ? segment.Length - 1 : segment.Length;
        for (var index = 0; index < end; index++)
        {
            if (segment[index] != Escape)
            {
                part.Append(segment[index]);
                continue;
            }

            if (index + 2 >= segment.Length || !byte.TryParse(segment.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return null;
            part.Append((char)code);
            index += 2;
        }

        var decoded = part.ToString();
        return Encode(decoded) == segment && !decoded.Contains(SettingsPath.KeyDelimiter, StringComparison.Ordinal) ? decoded : null;
    }

    private static bool IsBlank(string segment) => segment.EndsWith(Escape) && string.IsNullOrWhiteSpace(segment[..^1]);

    private static bool IsIllegal(char character) => character is Escape or '/' or '\\' or '#' or '?' || char.IsControl(character);
}
