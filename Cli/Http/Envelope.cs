namespace Orleans.Paxos.Cli.Http;

/// <summary>An entry as JSON, in the format of the HTTP interface and of <c>--json</c>.</summary>
internal sealed record Envelope(
    string Name,
    long Version,
    string? Value,
    string? Encoding,
    bool Deleted,
    Guid? RequestId,
    DateTimeOffset? At)
{
    private const string Utf8 = "utf8";
    private const string Base64 = "base64";

    public static Envelope From(string name, RegisterEntry entry)
    {
        var text = entry.Deleted ? null : Utf8Value.Decode(entry.Value);
        var (value, encoding) = (entry.Deleted, text) switch
        {
            (true, _) => (null, null),
            (_, null) => (Convert.ToBase64String(entry.Value), Base64),
            _ => (text, Utf8),
        };
        return new Envelope(name, entry.Version, value, encoding, entry.Deleted, entry.RequestId, entry.At);
    }

    /// <summary>Gets the entry; null for a register that was never written.</summary>
    /// <exception cref="FormatException">The encoding is unknown, or the value is not valid in it.</exception>
    public RegisterEntry? ToEntry() => Version > 0
        ? new RegisterEntry(Version, Bytes(), Deleted, RequestId ?? Guid.Empty, At ?? default)
        : null;

    private byte[] Bytes() => (Value, Encoding) switch
    {
        (null, _) => [],
        (var value, Utf8) => System.Text.Encoding.UTF8.GetBytes(value),
        (var value, Base64) => Convert.FromBase64String(value),
        _ => throw new FormatException($"The encoding '{Encoding}' is neither '{Utf8}' nor '{Base64}'."),
    };
}
