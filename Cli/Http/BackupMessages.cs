using System.Text.Json.Serialization;

namespace Orleans.Paxos.Cli.Http;

/// <summary>One version in a backup, as JSON.</summary>
internal sealed record BackupEntry(long Version, Guid RequestId, DateTimeOffset At)
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
        var (value, encoding) = ValueText.Of(entry);
        return new BackupEntry(entry.Version, entry.RequestId, entry.At) { Value = value, Encoding = encoding, Guard = entry.Guard, Session = entry.Session };
    }

    /// <exception cref="FormatException">The value cannot be decoded.</exception>
    public RegisterEntry ToEntry() => new(Version, Bytes(), Deleted: Value is null, RequestId, At) { Guard = Guard, Session = Session };

    private byte[] Bytes() => (Value, Encoding) switch
    {
        (null, null) => [],
        ({ } text, _) when ValueText.Decode(text, Encoding) is { } bytes => bytes,
        _ => throw new FormatException("a value is text in the encoding 'utf8' or 'base64'"),
    };
}

/// <summary>A register in a backup, as JSON.</summary>
internal sealed record BackupRegister(string Name, long Forgotten, ImmutableArray<BackupEntry> Entries)
{
    public static BackupRegister Of(RegisterHistory history) => new(history.Name, history.Forgotten, ImmutableArray.CreateRange(history.Entries, BackupEntry.Of));

    /// <exception cref="FormatException">A value cannot be decoded.</exception>
    public RegisterHistory ToHistory() => new(Name, [.. Entries.Select(static entry => entry?.ToEntry() ?? throw new FormatException("an entry is null"))], Forgotten);
}

/// <summary>A page of registers for a backup, as JSON.</summary>
internal sealed record BackupPageMessage(ImmutableArray<BackupRegister> Registers, ImmutableArray<BucketWatermark> Ended, string? Next);
