using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>The acceptor sets of a run, as acceptors have taken them over: one of each epoch, and each came from the one before it (I10).</summary>
internal sealed class SetLedger
{
    private readonly Dictionary<long, AcceptorSet> _byEpoch = [];
    private readonly Dictionary<long, Voters> _voters = [];
    private readonly Dictionary<long, ImmutableArray<string>> _names = [];
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
            return other == set ? null : $"{acceptor} takes over [{set}], and another the set [{other}] of the same epoch";
        Add(set);
        var before = Latest;
        Latest = set.Epoch > before.Epoch ? set : before;
        return set.IsRelatedTo(before) ? null : $"{acceptor} takes over [{set}], which did not come from [{before}]";
    }

    /// <summary>Whether acceptors that have accepted a state under a ballot, each while it had the set of the ballot's epoch, choose it.</summary>
    public bool Chooses(Ballot ballot, IEnumerable<string> acceptors) =>
        _byEpoch.TryGetValue(ballot.Epoch, out var set) && _voters[set.Epoch].Chooses(ballot, MaskOf(set, acceptors));

    /// <summary>Whether acceptors that hold a state show to everyone who asks in the latest set, which they have, that it is chosen.</summary>
    public bool ShowsChosen(Ballot ballot, IEnumerable<string> acceptors) =>
        _voters[Latest.Epoch].ShowChosen(ballot, MaskOf(Latest, acceptors.Where(acceptor => HeldBy(acceptor) == Latest)));

    private ulong MaskOf(AcceptorSet set, IEnumerable<string> acceptors)
    {
        var names = _names[set.Epoch];
        return acceptors.Where(name => names.Contains(name)).Aggregate(0UL, (mask, name) => mask | (1UL << names.IndexOf(name)));
    }

    private void Add(AcceptorSet set)
    {
        _byEpoch.Add(set.Epoch, set);
        _voters.Add(set.Epoch, PeerSet.VotersOf(set));
        _names.Add(set.Epoch, set.Names);
    }
}
