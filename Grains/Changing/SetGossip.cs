using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Changing;

/// <summary>
/// Tells one acceptor now and then which set this silo knows, and learns from it: so whoever was away, or asks nobody, comes to know the set.
/// </summary>
/// <param name="peers">The acceptors.</param>
/// <param name="random">Picks one.</param>
internal sealed class SetGossip(AcceptorPeers peers, Random random)
{
    /// <summary>Exchanges the set with an acceptor; if it does not answer, with the acceptor of any silo: perhaps none of the set that is known is left.</summary>
    public async Task ExchangeAsync()
    {
        if (!await TryExchangeAsync(peers.Current.Set.Names) && peers.RunningSilos() is { Count: > 0 } running)
            await TryExchangeAsync(running);
    }

    private async Task<bool> TryExchangeAsync(IReadOnlyList<string> names)
    {
        try
        {
            var its = await peers.PeerOf(names[random.Next(names.Count)]).TryAskAsync(acceptor => acceptor.FollowAsync(peers.Current.Set));
            if (its is not null)
                peers.Learn(its);
            return its is not null;
        }
        catch (AcceptorSetMismatchException)
        {
            return true; // it has nothing to do with this cluster, and says so itself
        }
    }
}
