using System.Globalization;
using System.Text;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Encodes one part of a settings key as one segment of a register's name, so that different keys never share a name.
/// Bytes that a name cannot contain are written as <c>~</c> and two hexadecimal digits; an empty part is a single <c>~</c>.
/// </summary>
internal static class SegmentCode
{
    private const char Escape = '~';
    private const string Empty = "~";

    public static string Encode(string part)
    {
        if (part.Length == 0)
            return Empty;
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

        return segment.ToString();
    }

    /// <summary>Decodes a segment; null when no part is encoded as this segment.</summary>
    public static string? Decode(string segment)
    {
        if (segment == Empty)
            return "";
        var part = new StringBuilder(segment.Length);
        for (var index = 0; index < segment.Length; index++)
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

    private static bool IsIllegal(char character) => character is Escape or '/' or '\\' or '#' or '?' || char.IsControl(character);
}
