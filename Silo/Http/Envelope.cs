using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Orleans.Paxos.Silo.Http;

/// <summary>An entry as JSON: <c>{name,version,value,encoding,deleted,requestId,at}</c>, and <c>guard</c> and <c>session</c> if there are any.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Version">The version; 0 for a register that was never written, or was forgotten.</param>
/// <param name="Value">The value as text in <paramref name="Encoding"/>; null when there is none.</param>
/// <param name="Encoding"><c>utf8</c> when the bytes are valid UTF-8, else <c>base64</c>; null when there is no value.</param>
/// <param name="Deleted">Whether this version is a tombstone; null when the history no longer has it.</param>
/// <param name="RequestId">The id of the request that wrote it; null for a register that was never written or was forgotten, and when the history no longer has it.</param>
/// <param name="At">The UTC time at which it was proposed; null for a register that was never written or was forgotten, and when the history no longer has it.</param>
internal sealed record Envelope(
    string Name,
    long Version,
    string? Value,
    string? Encoding,
    bool? Deleted,
    Guid? RequestId,
    DateTimeOffset? At)
{
    /// <summary>The highest fence that the register has seen, <c>{lock,token}</c>; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Fence? Guard { get; init; }

    /// <summary>The session that the value belongs to; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Session { get; init; }

    /// <summary>Creates the envelope of an entry.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="entry">The entry; null for a register that was never written, or was forgotten.</param>
    /// <returns>The envelope.</returns>
    public static Envelope Of(string name, RegisterEntry? entry)
    {
        if (entry is null)
            return new Envelope(name, 0, null, null, Deleted: false, null, null);
        var (value, encoding) = entry.Deleted ? (null, null) : Text(entry.Value);
        return new Envelope(name, entry.Version, value, encoding, entry.Deleted, entry.RequestId, entry.At) { Guard = entry.Guard, Session = entry.Session };
    }

    /// <summary>Makes the envelope of a version that has left the history: its number is all that is known.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="version">The version.</param>
    /// <returns>The envelope.</returns>
    public static Envelope OfLeft(string name, long version) => new(name, version, null, null, Deleted: null, null, null);

    /// <summary>The same as members of a problem.</summary>
    public IReadOnlyDictionary<string, object?> Members()
    {
        var members = new Dictionary<string, object?>
        {
            ["name"] = Name,
            ["version"] = Version,
            ["value"] = Value,
            ["encoding"] = Encoding,
            ["deleted"] = Deleted,
            ["requestId"] = RequestId,
            ["at"] = At,
        };
        if (Guard is not null)
            members.Add("guard", Guard);
        if (Session is not null)
            members.Add("session", Session);
        return members;
    }

    /// <summary>A value as text, and the text's encoding.</summary>
    public static (string Value, string Encoding) Text(byte[] value) =>
        Utf8.IsValid(value) ? (System.Text.Encoding.UTF8.GetString(value), "utf8") : (Convert.ToBase64String(value), "base64");
}
