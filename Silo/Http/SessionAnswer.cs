using System.Text.Json.Serialization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>A session as JSON.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="TtlSeconds">Its time-to-live.</param>
/// <param name="Opened">When it was opened.</param>
/// <param name="Renewed">When it was last renewed.</param>
/// <param name="Ending">Whether its end was asked for.</param>
/// <param name="Registers">The registers that belong to it.</param>
internal sealed record SessionAnswer(
    Guid Id, string Owner, double TtlSeconds, DateTimeOffset Opened, DateTimeOffset Renewed, bool Ending, ImmutableArray<string> Registers)
{
    /// <summary>What it holds; null where that is not looked up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Locks { get; init; }

    /// <summary>For how long after it sent the request the owner may count on the session; null if the request did not renew it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DeadlineSeconds { get; init; }

    /// <summary>What everyone can see of a session.</summary>
    public static SessionAnswer Of(SessionInfo session) => new(
        session.Id, session.Owner, session.TimeToLive.TotalSeconds, session.Opened, session.Renewed, session.IsEnding, session.Registers)
    {
        Locks = session.Locks,
    };
}
