namespace Orleans.Paxos.Cli.Http;

/// <summary>A value as text, in JSON: the text that it is in UTF-8, or else Base64.</summary>
internal static class ValueText
{
    public const string Utf8 = "utf8";
    public const string Base64 = "base64";

    /// <summary>The value of an entry and its encoding; both are null for a tombstone.</summary>
    public static (string? Text, string? Encoding) Of(RegisterEntry entry)
    {
        var text = entry.Deleted ? null : Utf8Value.Decode(entry.Value);
        return (entry.Deleted, text) switch
        {
            (true, _) => (null, null),
            (_, null) => (Convert.ToBase64String(entry.Value), Base64),
            _ => (text, Utf8),
        };
    }

    /// <summary>The value; null if the encoding is neither.</summary>
    /// <exception cref="FormatException">It is not Base64.</exception>
    public static byte[]? Decode(string text, string? encoding) => encoding switch
    {
        Utf8 => System.Text.Encoding.UTF8.GetBytes(text),
        Base64 => Convert.FromBase64String(text),
        _ => null,
    };
}
