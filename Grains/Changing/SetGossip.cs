using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Changing;

/// <summary>
/// Tells one acceptor now and then which set this silo knows, and learns from it: so whoever was away, or asks nobody, comes to know the set. It may be the
/// acceptor of any silo that runs: perhaps those of the set that is known are gone, or have come back blank and know no more.
/// </summary>
/// <param name="peers">The acceptors.</param>
/// <param name="random">Picks one.</param>
internal sealed class SetGossip(AcceptorPeers peers, Random random)
{
    /// <summary>Exchanges the set with an acceptor.</summary>
    public async Task ExchangeAsync()
    {
        var known = peers.Current.Set;
        ImmutableArray<string> names = [.. known.Names.Union(peers.RunningSilos())];
        try
        {
            if (await peers.PeerOf(names[random.Next(names.Length)]).TryAskAsync(acceptor => acceptor.FollowAsync(known)) is { } its)
                peers.Learn(its);
        }
        catch (AcceptorSetMismatchException)
        {
            // it has nothing to do with this cluster, and says so itself
        }
    }
}
