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
    /// <summary>Tells the keeper of a session that it has ended: nothing is left of its time, so the keeper looks for its locks at once.</summary>
    public static void TellEnded(this IKeepers keepers, Guid session) => keepers.Tell(new SessionRenewal(session, long.MaxValue, TimeSpan.Zero, []));
}
