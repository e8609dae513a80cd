using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Orleans.Paxos;

/// <summary>
/// Turns a grain id and a state name into one text, <c>type/key/state</c>, such that different records never share a text: within a
/// part, <c>/</c>, <c>%</c>, control characters and bytes that are not UTF-8 become <c>%XX</c>, so the parts can be read back.
/// </summary>
internal static class RecordKey
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '\x7F', '/', '%']);

    public static string Encode(string stateName, GrainId grainId)
    {
        var key = new StringBuilder();
        AppendBytes(key, grainId.Type.AsSpan());
        key.Append('/');
        AppendBytes(key, grainId.Key.AsSpan());
        key.Append('/');
        AppendText(key, Checked(stateName));
        return key.ToString();
    }

    /// <summary>Half a surrogate pair has no UTF-8 form: SQLite would store every such name as the same one.</summary>
    private static string Checked(string stateName)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        try
        {
            StrictUtf8.GetByteCount(stateName);
            return stateName;
        }
        catch (EncoderFallbackException invalid)
        {
            throw new ArgumentException("The state name is not valid Unicode: it holds half a surrogate pair.", nameof(stateName), invalid);
        }
    }

    private static void AppendBytes(StringBuilder key, ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            AppendText(key, Encoding.UTF8.GetString(bytes));
            return;
        }

        foreach (var code in bytes)
            AppendChar(key, (char)code, escape: code >= 0x80 || Escaped.Contains((char)code));
    }

    private static void AppendText(StringBuilder key, string text)
    {
        if (!text.AsSpan().ContainsAny(Escaped))
        {
            key.Append(text);
            return;
        }

        foreach (var character in text)
            AppendChar(key, character, escape: Escaped.Contains(character));
    }

    private static void AppendChar(StringBuilder key, char character, bool escape)
    {
        if (escape)
            key.Append('%').Append(((int)character).ToString("X2"));
        else
            key.Append(character);
    }
}
