using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>
/// Converts a grain id and a state name to one text, <c>type/key/state</c>. Different records never share a text: within a part,
/// <c>/</c>, <c>%</c>, control characters and bytes that are not UTF-8 become <c>%XX</c>, so the parts can be read back.
/// </summary>
internal static class RecordKey
{
    /// <summary>UTF-8 that refuses half a surrogate pair instead of replacing it.</summary>
    public static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '\x7F', '/', '%']);

    /// <summary>Returns the key in UTF-8. In the usual case, where nothing needs an escape, no text is created.</summary>
    public static byte[] Of(string stateName, GrainId grainId)
    {
        var type = grainId.Type.AsSpan();
        var id = grainId.Key.AsSpan();
        if (type.ContainsAnyExcept(Plain) || id.ContainsAnyExcept(Plain) || stateName is null || stateName.AsSpan().ContainsAnyExcept(PlainText))
            return StrictUtf8.GetBytes(Encode(stateName!, grainId));

        var key = new byte[type.Length + id.Length + stateName.Length + 2];
        type.CopyTo(key);
        key[type.Length] = (byte)'/';
        id.CopyTo(key.AsSpan(type.Length + 1));
        key[type.Length + 1 + id.Length] = (byte)'/';
        Encoding.ASCII.GetBytes(stateName, key.AsSpan(type.Length + id.Length + 2));
        return key;
    }

    /// <summary>Returns the key as readable text.</summary>
    public static string Text(byte[] key) => Encoding.UTF8.GetString(key);

    /// <summary>Returns the key as text.</summary>
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

    private static readonly SearchValues<char> PlainText =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(code => (char)code).Except(['/', '%'])]);

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(code => (byte)code).Except([(byte)'/', (byte)'%'])]);

    /// <summary>Refuses half a surrogate pair. It has no UTF-8 form, and SQLite would store all such names as the same one.</summary>
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
