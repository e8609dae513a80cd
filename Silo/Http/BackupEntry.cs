using System.Text.Json.Serialization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>One version in a backup, as JSON: an envelope without the register's name, and without what is not so.</summary>
/// <param name="Version">The version.</param>
/// <param name="RequestId">The id of the request that wrote it.</param>
/// <param name="At">The UTC time at which it was proposed.</param>
internal sealed record BackupEntry(
    long Version,
    Guid RequestId,
    DateTimeOffset At)
{
    /// <summary>The value as text in <see cref="Encoding"/>; left out in a tombstone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Value { get; init; }

    /// <summary><c>utf8</c> or <c>base64</c>; left out in a tombstone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding { get; init; }

    /// <summary>The highest fence that the register has seen; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fence? Guard { get; init; }

    /// <summary>The session that the value belongs to; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Session { get; init; }

    public static BackupEntry Of(RegisterEntry entry)
    {
        var (value, encoding) = entry.Deleted ? (null, null) : ((string?, string?))Envelope.Text(entry.Value);
        return new BackupEntry(entry.Version, entry.RequestId, entry.At) { Value = value, Encoding = encoding, Guard = entry.Guard, Session = entry.Session };
    }

    /// <exception cref="FormatException">The value cannot be decoded.</exception>
    public RegisterEntry ToEntry() => new(Version, Bytes(), Deleted: Value is null, RequestId, At) { Guard = Guard, Session = Session };

    private byte[] Bytes() => (Value, Encoding) switch
    {
        (null, null) => [],
        ({ } text, "utf8") => System.Text.Encoding.UTF8.GetBytes(text),
        ({ } text, "base64") => Convert.FromBase64String(text),
        _ => throw new FormatException("A value is text in the encoding 'utf8' or 'base64'."),
    };
}

/// <summary>A register in a backup, as JSON.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Forgotten">Requests that may have written a version up to this one are no longer known.</param>
/// <param name="Entries">Its newest versions without gaps, oldest first.</param>
internal sealed record BackupRegister(string Name, long Forgotten, ImmutableArray<BackupEntry> Entries)
{
    public static BackupRegister Of(RegisterHistory history) => new(history.Name, history.Forgotten, ImmutableArray.CreateRange(history.Entries, BackupEntry.Of));
}
