using Orleans.Concurrency;

namespace Orleans.Paxos;

/// <summary>
/// A keeper of sessions: one for each of 64 shares of their ids. It ends sessions that were not renewed for their time-to-live, and removes what belonged
/// to them. All its state is soft, and two keepers of one share are harmless: the session's register decides.
/// </summary>
[Alias("Orleans.Paxos.ISessionKeeperGrain")]
public interface ISessionKeeperGrain : IGrainWithStringKey
{
    /// <summary>Tells that a session was renewed. That saves the keeper from reading it, and nothing depends on it.</summary>
    /// <param name="renewal">What was written.</param>
    /// <returns>A task that completes at once, because the call is one-way.</returns>
    [Alias("Renewed"), OneWay]
    Task RenewedAsync(SessionRenewal renewal);

    /// <summary>Tells which sessions of the keeper's share there are.</summary>
    /// <param name="sessions">Their ids.</param>
    /// <returns>A task that ends when the keeper looks after all of them.</returns>
    [Alias("LookAfter")]
    Task LookAfterAsync(ImmutableArray<Guid> sessions);
}

/// <summary>A session was opened or renewed.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Version">The version of its register that was written.</param>
/// <param name="TimeToLive">The session's time-to-live.</param>
/// <param name="Locks">What the session holds, as far as its owner knows: the keeper looks there when it has ended the session.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.SessionRenewal")]
public sealed record SessionRenewal(
    [property: Id(0)] Guid Session,
    [property: Id(1)] long Version,
    [property: Id(2)] TimeSpan TimeToLive,
    [property: Id(3)] ImmutableArray<string> Locks);
