using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>The acceptor sets of a run, as acceptors have taken them over: one of each epoch, and each came from the one before it (I10).</summary>
internal sealed class SetLedger
{
    private readonly Dictionary<long, Known> _byEpoch = [];
    private readonly Dictionary<string, AcceptorSet> _heldBy = [];
    private readonly AcceptorSet _first;

    public SetLedger(AcceptorSet first)
    {
        _first = first;
        Add(first);
        Latest = first;
    }

    /// <summary>The latest set that an acceptor has taken over.</summary>
    public AcceptorSet Latest { get; private set; }

    /// <summary>How many sets there were after the first one.</summary>
    public int Changes => _byEpoch.Count - 1;

    /// <summary>The set that an acceptor has taken over.</summary>
    public AcceptorSet HeldBy(string acceptor) => _heldBy.GetValueOrDefault(acceptor, _first);

    /// <summary>Records that an acceptor has taken a set over, durably.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Held(string acceptor, AcceptorSet set)
    {
        _heldBy[acceptor] = set;
        if (_byEpoch.TryGetValue(set.Epoch, out var other))
            return other.Set == set ? null : $"{acceptor} takes over [{set}], and another the set [{other.Set}] of the same epoch";
        Add(set);
        var before = Latest;
        Latest = set.Epoch > before.Epoch ? set : before;
        return set.IsRelatedTo(before) ? null : $"{acceptor} takes over [{set}], which did not come from [{before}]";
    }

    /// <summary>Whether acceptors that have accepted a state under a ballot, each while it had the set of the ballot's epoch, choose it.</summary>
    public bool Chooses(Ballot ballot, IEnumerable<string> acceptors) =>
        _byEpoch.TryGetValue(ballot.Epoch, out var known) && known.Voters.Chooses(ballot, known.MaskOf(acceptors));

    /// <summary>Whether acceptors that hold a state show to everyone who asks in the latest set, which they have, that it is chosen.</summary>
    public bool ShowsChosen(Ballot ballot, IEnumerable<string> acceptors)
    {
        var latest = _byEpoch[Latest.Epoch];
        return latest.Voters.ShowChosen(ballot, latest.MaskOf(acceptors.Where(acceptor => HeldBy(acceptor) == Latest)));
    }

    private void Add(AcceptorSet set) => _byEpoch.Add(set.Epoch, new Known(set, PeerSet.VotersOf(set), set.Names));

    /// <summary>A set, and what would be worked out of it again for every ballot.</summary>
    private sealed record Known(AcceptorSet Set, Voters Voters, ImmutableArray<string> Names)
    {
        public ulong MaskOf(IEnumerable<string> acceptors) =>
            acceptors.Where(name => Names.Contains(name)).Aggregate(0UL, (mask, name) => mask | (1UL << Names.IndexOf(name)));
    }
}
