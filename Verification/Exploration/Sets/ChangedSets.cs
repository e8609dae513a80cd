using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>The sets of one change, in the order in which they may be decided. One of the last two is.</summary>
internal enum SetStep : ushort
{
    /// <summary>The set before the change.</summary>
    Before,

    /// <summary>The joint set.</summary>
    Joint,

    /// <summary>The set after the change.</summary>
    After,

    /// <summary>The set before the change again, because the change was cancelled.</summary>
    Cancelled,
}

/// <summary>The production's sets of one change, and the acceptors of all of them, each with a number.</summary>
internal sealed class ChangedSets
{
    private readonly ImmutableArray<AcceptorSet> _sets;
    private readonly ImmutableArray<Voters> _voters;
    private readonly int[,] _numbers;
    private readonly bool[,] _successions;
    private readonly bool[,] _alike;
    private readonly bool[,] _majorities;

    /// <summary>Creates the sets.</summary>
    /// <param name="change">The change.</param>
    /// <param name="votersOf">Who votes in a set, given who does by the production rules.</param>
    public ChangedSets(SetChange change, Func<Voters, Voters> votersOf)
    {
        var first = new AcceptorSet(change.Before);
        var joint = first.ChangeTo(
            [.. change.After.Select((name, index) => first.MemberOf(name) ?? new AcceptorMember(name, new Guid(index + 1, 0, 0, new byte[8])))],
            new Dictionary<string, Guid>());
        _sets = [first, joint, joint.Completed(), joint.Cancelled()];
        _voters = [.. _sets.Select(set => votersOf(PeerSet.VotersOf(set)))];
        Names = joint.Names;
        _numbers = new int[_sets.Length, Names.Length];
        _successions = new bool[_sets.Length, _sets.Length];
        _majorities = new bool[_sets.Length, 1 << Names.Length];
        _alike = new bool[Names.Length, Names.Length];
        for (var step = 0; step < _sets.Length; step++)
        {
            for (var acceptor = 0; acceptor < Names.Length; acceptor++)
                _numbers[step, acceptor] = _sets[step].Names.IndexOf(Names[acceptor]);
            for (var other = 0; other < _sets.Length; other++)
                _successions[step, other] = _sets[step].Succeeds(_sets[other].Id);
            for (var mask = 0; mask < 1 << Names.Length; mask++)
                _majorities[step, mask] = _voters[step].IsMajority(MaskOf((SetStep)step, mask));
        }

        for (var acceptor = 0; acceptor < Names.Length; acceptor++)
        {
            for (var other = 0; other < Names.Length; other++)
                _alike[acceptor, other] = _sets.All(set => set.Names.Contains(Names[acceptor]) == set.Names.Contains(Names[other]));
        }
    }

    /// <summary>The acceptors. Each one's place is its number.</summary>
    public ImmutableArray<string> Names { get; }

    public AcceptorSet this[SetStep step] => _sets[(int)step];

    /// <summary>Who votes in a set. Its numbers are those of <see cref="NumberOf"/>.</summary>
    public Voters VotersOf(SetStep step) => _voters[(int)step];

    /// <summary>Whether a set came from another one.</summary>
    public bool Succeeds(SetStep step, SetStep other) => _successions[(int)step, (int)other];

    /// <summary>The number of an acceptor in a set; -1 if it is not in it.</summary>
    public int NumberOf(SetStep step, int acceptor) => _numbers[(int)step, acceptor];

    /// <summary>Acceptors by their numbers in a set. Those that are not in it are left out.</summary>
    /// <param name="step">The set.</param>
    /// <param name="acceptors">The acceptors, a bit for each.</param>
    public ulong MaskOf(SetStep step, int acceptors)
    {
        var mask = 0UL;
        for (var acceptor = 0; acceptor < Names.Length; acceptor++)
        {
            if (NumberOf(step, acceptor) is >= 0 and var number && (acceptors & (1 << acceptor)) != 0)
                mask |= 1UL << number;
        }

        return mask;
    }

    /// <summary>Whether acceptors are a majority of a set.</summary>
    /// <param name="step">The set.</param>
    /// <param name="acceptors">The acceptors, a bit for each.</param>
    public bool IsMajority(SetStep step, int acceptors) => _majorities[(int)step, acceptors];

    /// <summary>Whether a majority of a set has it.</summary>
    public bool IsTakenOver(SetChangeState world, SetStep step)
    {
        var having = 0;
        for (var acceptor = 0; acceptor < Names.Length; acceptor++)
            having |= (world.SetOf(acceptor) == step ? 1 : 0) << acceptor;
        return IsMajority(step, having);
    }

    /// <summary>Whether two acceptors are in the same sets, so that no rule distinguishes them.</summary>
    public bool AreAlike(int acceptor, int other) => _alike[acceptor, other];

    /// <summary>Whether an acceptor is not in the set after the change.</summary>
    public bool Leaves(int acceptor) => NumberOf(SetStep.After, acceptor) < 0;
}
