using System.Text.Json.Serialization;

namespace Orleans.Paxos.Cli.Http;

/// <summary>An entry as JSON, in the format of the HTTP interface and of <c>--json</c>.</summary>
internal sealed record Envelope(
    string? Name,
    long Version,
    string? Value,
    string? Encoding,
    bool? Deleted,
    Guid? RequestId,
    DateTimeOffset? At)
{
    /// <summary>The highest fence that the register has seen; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fence? Guard { get; init; }

    /// <summary>The session that the value belongs to; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Session { get; init; }

    public static Envelope From(string name, RegisterEntry entry)
    {
        var (value, encoding) = ValueText.Of(entry);
        return new Envelope(name, entry.Version, value, encoding, entry.Deleted, entry.RequestId, entry.At) { Guard = entry.Guard, Session = entry.Session };
    }

    /// <summary>Gets the entry; null for a register that was never written or was forgotten, and for a version that has left the history.</summary>
    /// <param name="asked">The register that was asked for.</param>
    /// <exception cref="FormatException">It is of another register, or its value cannot be decoded.</exception>
    public RegisterEntry? ToEntryOf(string asked)
    {
        if (Name != asked)
            throw new FormatException($"asked for the register '{asked}', it answered for {(Name is null ? "none" : $"'{Name}'")}.");
        return Version > 0 && Deleted is { } deleted
            ? new RegisterEntry(Version, Bytes(), deleted, RequestId ?? Guid.Empty, At ?? default) { Guard = Guard, Session = Session }
            : null;
    }

    /// <summary>The envelope of a version that has left the history: its number is all that is known.</summary>
    public static Envelope OfLeft(string name, long version) => new(name, version, null, null, Deleted: null, null, null);

    private byte[] Bytes() => Value is null
        ? []
        : ValueText.Decode(Value, Encoding) ?? throw new FormatException($"the encoding '{Encoding}' of a value is neither '{ValueText.Utf8}' nor '{ValueText.Base64}'.");
}
