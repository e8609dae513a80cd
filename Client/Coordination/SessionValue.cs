using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>How far a session is in its life.</summary>
internal enum SessionState
{
    /// <summary>Its owner renews it.</summary>
    Open,

    /// <summary>Its end was asked for: its owner ends it, or its time-to-live does.</summary>
    Ending,

    /// <summary>It has ended; what belonged to it is being removed.</summary>
    Ended,
}

/// <summary>A register that belongs to a session.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version that it had before it was written for the session for the first time.</param>
internal sealed record AttachedRegister(string Name, long Version);

/// <summary>The value of a session's register. A session without a value has ended, too.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="TimeToLive">For how long nobody ends it after a version was written.</param>
/// <param name="Opened">When it was opened, by the clock of who opened it.</param>
/// <param name="State">How far it is.</param>
/// <param name="Attached">The registers that belong to it.</param>
internal sealed record SessionValue(string Owner, TimeSpan TimeToLive, DateTimeOffset Opened, SessionState State, ImmutableArray<AttachedRegister> Attached)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<SessionState>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads the value of an entry; null when the session has ended and is gone.</summary>
    public static SessionValue? Of(RegisterEntry? entry) =>
        entry is null or { Deleted: true } ? null : JsonSerializer.Deserialize<SessionValue>(entry.Value, Json);

    /// <summary>The id in the name of a session's register; null if it is none.</summary>
    public static Guid? IdOf(string register) => Guid.TryParseExact(register[ReservedNames.Sessions.Length..], "N", out var id) ? id : null;

    /// <summary>Whether the session has ended: what it held is free.</summary>
    public static bool HasEnded(RegisterEntry? entry) => Of(entry) is null or { State: SessionState.Ended };

    /// <summary>The value after a register was attached.</summary>
    public SessionValue With(AttachedRegister attached) =>
        this with { Attached = Attached.RemoveAll(other => other.Name == attached.Name).Add(attached) };

    /// <summary>The bytes of the value.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
