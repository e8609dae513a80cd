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

    /// <summary>
    /// Asks once. When a majority reports the same accepted ballot, its state is chosen and at least as new as everything acknowledged
    /// before the call.
    /// </summary>
    /// <param name="register">The register's name.</param>
    /// <param name="known">A chosen state that the caller already has; it is not sent again.</param>
    public async Task<QuorumView> ReadOnceAsync(string register, ChosenState known)
    {
        var set = peers.Current;
        var asked = set.ToAsk();
        var withState = set.InTurn(asked).Acceptor;
        var question = new ReadRequest(set.Id, register, known.Ballot, WithState: false);
        var votes = await Round<ReadReply>.AskAsync(
            set, asked,
            acceptor => acceptor.ReadAsync(acceptor == withState ? question with { WithState = true } : question),
            votes => Agreed(votes) is not null || votes.OnlySilentAreOut, options.AcceptorTimeout);
        if (Agreed(votes) is { } ballot)
            return new QuorumView(ballot == known.Ballot && !ballot.IsNone ? known : await StateOfAsync(set, register, ballot, votes), true, []);
        votes.EnsureSameSet();
        return new QuorumView(null, votes.MajorityAnswered, votes.Answered);

        Ballot? Agreed(Votes<ReadReply> votes) => ProposerRules.Agreed(votes.Received, static reply => reply.Accepted, known.Ballot, set.Voters);
    }

    /// <summary>The state of a ballot, from the first of its holders that has not accepted another since; null when all have.</summary>
    public static async Task<ChosenState?> FetchAsync(PeerSet set, string register, Ballot ballot, IEnumerable<int> holders)
    {
        var request = new ReadRequest(set.Id, register, Ballot.None, WithState: true);
        foreach (var holder in holders)
        {
            var reply = await set.All[holder].TryAskAsync(grain => grain.ReadAsync(request));
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

        var (_, votes) = await MajorityRound<HistoryReply>.AskAsync(
            peers, (acceptor, set) => acceptor.HistoryAsync(new HistoryRequest(set, register, first)), options.AcceptorTimeout, options);
        foreach (var vote in votes)
            Merge(entries, chosen, vote.Reply.Entries);
        return WithoutHoles(entries, chosen.Version);
    }

    private static async Task<ChosenState?> StateOfAsync(PeerSet set, string register, Ballot ballot, Votes<ReadReply> votes)
    {
        var holders = votes.Received.Where(vote => vote.Reply.Accepted == ballot).ToList();
        if (ballot.IsNone)
            return ProposerRules.EmptyAboveMajority(holders.Select(static vote => new Vote<RegisterOrigin>(vote.Acceptor, vote.Reply.State?.Origin ?? default)), set.Voters);
        return holders.Find(vote => vote.Reply.State is not null).Reply?.State is { } state
            ? new ChosenState(ballot, state)
            : await FetchAsync(set, register, ballot, holders.Select(static vote => vote.Acceptor));
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
