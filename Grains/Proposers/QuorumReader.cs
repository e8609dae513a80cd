using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>What the acceptors' answers to one question show.</summary>
/// <param name="Agreed">The chosen state; null when no majority agrees, because a proposal is in flight or was lost.</param>
/// <param name="MajorityAnswered">Whether a majority answered at all.</param>
/// <param name="Answered">The acceptors that answered, when nothing is agreed.</param>
internal readonly record struct QuorumView(ChosenState? Agreed, bool MajorityAnswered, ImmutableArray<string> Answered);

/// <summary>Reads what a majority of acceptors holds, without a durable write.</summary>
internal sealed class QuorumReader(AcceptorPeers peers, PaxosOptions options)
{
    private readonly HistoryLimits _limits = options.HistoryLimits;
    private readonly Quorums _quorums = peers.Quorums;

    /// <summary>
    /// Asks once. When a majority reports the same accepted ballot, its state is chosen and at least as new as everything acknowledged
    /// before the call.
    /// </summary>
    /// <param name="register">The register's name.</param>
    /// <param name="known">A chosen state that the caller already has; it is not sent again.</param>
    public async Task<QuorumView> ReadOnceAsync(string register, ChosenState known)
    {
        var asked = peers.ToAsk();
        var withState = peers.InTurn(asked).Acceptor;
        var question = new ReadRequest(peers.Set.Id, register, known.Ballot, WithState: false);
        var votes = await Round<ReadReply>.AskAsync(
            peers, asked,
            acceptor => acceptor.ReadAsync(acceptor == withState ? question with { WithState = true } : question),
            votes => Agreed(votes, known) is not null || votes.OnlySilentAreOut, options.AcceptorTimeout);
        if (Agreed(votes, known) is { } ballot)
            return new QuorumView(ballot == known.Ballot && !ballot.IsNone ? known : await StateOfAsync(register, ballot, votes), true, []);
        votes.EnsureSameSet(peers.Set);
        return new QuorumView(null, votes.Received.Count >= peers.Set.Majority, votes.Answered);
    }

    /// <summary>The state of a ballot, from the first of its holders that has not accepted another since; null when all have.</summary>
    public async Task<ChosenState?> FetchAsync(string register, Ballot ballot, IEnumerable<AcceptorPeer> holders)
    {
        var request = new ReadRequest(peers.Set.Id, register, Ballot.None, WithState: true);
        foreach (var holder in holders)
        {
            var reply = await holder.TryAskAsync(grain => grain.ReadAsync(request));
            if (reply?.State is not null && reply.Accepted == ballot)
                return new ChosenState(ballot, reply.State);
        }

        return null;
    }

    /// <summary>The entries of a chosen state that are within the history, merged from what a majority holds.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string register, RegisterState chosen)
    {
        var first = _limits.FirstVersion(chosen);
        var entries = new SortedDictionary<long, RegisterEntry>();
        Merge(entries, chosen, chosen.Entries);
        if (chosen.Version - first + 1 == entries.Count)
            return [.. entries.Values];

        var request = new HistoryRequest(peers.Set.Id, register, first);
        var votes = await MajorityRound<HistoryReply>.AskAsync(peers, grain => grain.HistoryAsync(request), options.AcceptorTimeout, options);
        foreach (var vote in votes)
            Merge(entries, chosen, vote.Reply.Entries);
        return WithoutHoles(entries, chosen.Version);
    }

    private Ballot? Agreed(Votes<ReadReply> votes, ChosenState known) =>
        ProposerRules.Agreed(votes.Received, static vote => vote.Reply.Accepted, known.Ballot, _quorums);

    private async Task<ChosenState?> StateOfAsync(string register, Ballot ballot, Votes<ReadReply> votes)
    {
        var holders = votes.Received.Where(vote => vote.Reply.Accepted == ballot).ToList();
        if (ballot.IsNone)
            return ProposerRules.EmptyAboveMajority(holders.Select(static vote => vote.Reply.State?.Origin ?? default), _quorums);
        return holders.Find(vote => vote.Reply.State is not null).Reply?.State is { } state
            ? new ChosenState(ballot, state)
            : await FetchAsync(register, ballot, holders.Select(static vote => vote.Acceptor));
    }

    /// <summary>Leaves out a version that the writers have moved past while the history was read, and the versions before it.</summary>
    private static ImmutableArray<RegisterEntry> WithoutHoles(SortedDictionary<long, RegisterEntry> entries, long newest)
    {
        var unbroken = new List<RegisterEntry>();
        for (var version = newest; entries.TryGetValue(version, out var entry); version--)
            unbroken.Add(entry);
        unbroken.Reverse();
        return [.. unbroken];
    }

    private static void Merge(SortedDictionary<long, RegisterEntry> into, RegisterState chosen, IEnumerable<RegisterEntry> entries)
    {
        foreach (var entry in entries.Where(chosen.Contains))
            into[entry.Version] = entry;
    }
}
