using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>Tells keepers what becomes of sessions. Nothing depends on it: a keeper that was not told reads.</summary>
internal interface IKeepers
{
    /// <summary>Tells the keeper of a session that it was renewed. Never fails.</summary>
    void Tell(SessionRenewal renewal);
}

/// <summary>Tells keepers through the gateways.</summary>
internal sealed class Keepers(GatewayMonitor gateways) : IKeepers
{
    public void Tell(SessionRenewal renewal)
    {
        if (gateways.Live(SessionShare.Of(renewal.Session)).FirstOrDefault() is { } gateway)
            TellAsync(gateway.Gateway, renewal).Abandon();
    }

    /// <summary>Async, so that a failure ends this task and never the renewal.</summary>
    private static async Task TellAsync(IGateway gateway, SessionRenewal renewal) => await gateway.Keeper(renewal.Session).RenewedAsync(renewal);
}

/// <summary>What keepers are told beside renewals.</summary>
internal static class KeepersExtensions
{
    private const long End = long.MaxValue;

    /// <summary>
    /// Tells the keeper of a session that it has ended, and that nothing belongs to it any more but the locks that it held: the keeper looks for them at once.
    /// </summary>
    /// <param name="keepers">The keepers.</param>
    /// <param name="session">The session.</param>
    /// <param name="locks">What it held, as far as is known.</param>
    public static void TellEnded(this IKeepers keepers, Guid session, IEnumerable<string> locks) =>
        keepers.Tell(new SessionRenewal(session, End, TimeSpan.Zero, [.. locks]));

    /// <summary>Whether a keeper is told of the end of a session.</summary>
    public static bool IsEnd(this SessionRenewal renewal) => renewal.Version == End;
}
