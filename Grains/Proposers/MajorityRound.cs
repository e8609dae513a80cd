using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>The answers of a majority.</summary>
/// <param name="Peers">The set in which it is one.</param>
/// <param name="Votes">The answers.</param>
internal readonly record struct MajorityAnswers<TReply>(PeerSet Peers, IReadOnlyList<Vote<TReply>> Votes);

/// <summary>
/// Asks a question that any majority of acceptors can answer. It asks all of them, again and again, while too few have answered.
/// </summary>
internal static class MajorityRound<TReply>
{
    private static readonly TimeSpan PauseBetweenRounds = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until a majority has answered.</summary>
    /// <param name="peers">The acceptors.</param>
    /// <param name="ask">The question, in the name of a set.</param>
    /// <param name="patience">How long one round waits.</param>
    /// <param name="options">The timeouts.</param>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public static async Task<MajorityAnswers<TReply>> AskAsync(
        AcceptorPeers peers, Func<IAcceptor, AcceptorSetId, Task<TReply>> ask, TimeSpan patience, PaxosOptions options)
    {
        var startedAt = peers.Clock.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            var set = peers.Current;
            var votes = await Round<TReply>.AskAsync(
                set, isFirst ? set.ToAsk() : set.All, acceptor => ask(acceptor, set.Id), static votes => votes.MajorityAnswered, patience);
            if (votes.MajorityAnswered)
                return new MajorityAnswers<TReply>(set, votes.Received);
            votes.EnsureSameSet();
            if (peers.Clock.GetElapsedTime(startedAt) >= options.ProposalTimeout)
                throw new QuorumUnavailableException(votes.Answered, set.Set.Majority);
            await Task.Delay(PauseBetweenRounds, peers.Clock);
        }
    }
}
