using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>
/// Asks a question that any majority of acceptors can answer. It asks all of them, again and again, while too few have answered.
/// </summary>
internal static class MajorityRound<TReply>
{
    private static readonly TimeSpan PauseBetweenRounds = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until a majority has answered.</summary>
    /// <param name="peers">The acceptors.</param>
    /// <param name="ask">The question.</param>
    /// <param name="patience">How long one round waits.</param>
    /// <param name="options">The timeouts.</param>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public static async Task<IReadOnlyList<Vote<TReply>>> AskAsync(
        AcceptorPeers peers, Func<IAcceptor, Task<TReply>> ask, TimeSpan patience, PaxosOptions options)
    {
        var startedAt = peers.Clock.GetTimestamp();
        for (var asked = peers.ToAsk(); ; asked = peers.All)
        {
            var votes = await Round<TReply>.AskAsync(
                peers, asked, ask, votes => votes.Received.Count >= peers.Set.Majority, patience);
            if (votes.Received.Count >= peers.Set.Majority)
                return votes.Received;
            votes.EnsureSameSet(peers.Set);
            if (peers.Clock.GetElapsedTime(startedAt) >= options.ProposalTimeout)
                throw new QuorumUnavailableException(votes.Answered, peers.Set.Majority);
            await Task.Delay(PauseBetweenRounds, peers.Clock);
        }
    }
}
