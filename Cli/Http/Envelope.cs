using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Http;

/// <summary>An entry as JSON, as the HTTP interface speaks it and as <c>--json</c> prints it.</summary>
internal sealed record Envelope(
    string Name,
    long Version,
    string? Value,
    string? Encoding,
    bool? Deleted,
    Guid? RequestId,
    DateTimeOffset? At)
{
    private const string Utf8 = "utf8";
    private const string Base64 = "base64";

    public static Envelope From(string name, RegisterEntry entry)
    {
        var text = entry.Deleted ? null : TextValue.Decode(entry.Value);
        var (value, encoding) = (entry.Deleted, text) switch
        {
            (true, _) => (null, null),
            (_, null) => (Convert.ToBase64String(entry.Value), Base64),
            _ => (text, Utf8),
        };
        return new Envelope(name, entry.Version, value, encoding, entry.Deleted, entry.RequestId, entry.At);
    }

    /// <summary>The envelope of a version that has left the history: its number is all that is known.</summary>
    public static Envelope OfLeft(string name, long version) => new(name, version, null, null, Deleted: null, null, null);

    /// <summary>The entry; null for a register that was never written, and for a version that has left the history.</summary>
    /// <exception cref="FormatException">The encoding is unknown or the value does not follow it.</exception>
    public RegisterEntry? ToEntry() => Version > 0 && Deleted is { } deleted
        ? new RegisterEntry(Version, Bytes(), deleted, RequestId ?? Guid.Empty, At ?? default)
        : null;

    private byte[] Bytes() => (Value, Encoding) switch
    {
        (null, _) => [],
        (var value, Utf8) => System.Text.Encoding.UTF8.GetBytes(value),
        (var value, Base64) => Convert.FromBase64String(value),
        _ => throw new FormatException($"The encoding '{Encoding}' is neither '{Utf8}' nor '{Base64}'."),
    };
}
