using System.Text;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>What proposers send, by the production rules for ballots and changes.</summary>
internal sealed class PlannedMessages(ImmutableArray<SetChangePlan> plans, ChangedSets sets, SmallWorldRules rules, Catalogue catalogue)
{
    private static readonly ImmutableArray<ChangeRequest> NoChange = [];

    private readonly ushort[,] _prepares = new ushort[plans.Length + 1, SetChangeState.ProposerCount];
    private readonly Ballot[,] _ballots = new Ballot[plans.Length + 1, SetChangeState.ProposerCount];
    private readonly Dictionary<char, (ImmutableArray<ChangeRequest> Changes, RegisterState New)> _changes = [];

    /// <summary>The set in which a proposer makes its attempt.</summary>
    public SetStep SetOf(ushort plan, int proposer) => proposer == SetChangeState.Sweep ? SetStep.Joint : WriterOf(plan, proposer).Set;

    public WriterAttempt WriterOf(ushort plan, int proposer) => plans[plan - 1].Writers[proposer - 1];

    /// <summary>The number of a proposer's prepare.</summary>
    public ushort PrepareOf(ushort plan, int proposer)
    {
        ref var known = ref _prepares[plan, proposer];
        if (known == 0)
            known = catalogue.Prepares.NumberOf(rules.PrepareRequest(BallotOf(plan, proposer)));
        return known;
    }

    /// <summary>The number of a writer's accept in the initial round.</summary>
    public ushort InitialOf(ushort plan, int proposer) => AcceptOf(BallotOf(plan, proposer), NewStateOf(plan, proposer));

    /// <summary>The ballot of a proposer's attempt.</summary>
    public Ballot BallotOf(ushort plan, int proposer)
    {
        ref var known = ref _ballots[plan, proposer];
        if (!known.IsNone)
            return known;
        var epoch = sets[SetOf(plan, proposer)].Epoch;
        var isInitial = proposer != SetChangeState.Sweep && WriterOf(plan, proposer).IsInitial;
        return known = isInitial ? BallotsOf(plan, proposer).Initial(epoch) : BallotsOf(plan, proposer).Next(Ballot.None, epoch);
    }

    /// <summary>The number of an accept. It asks for no promise of a next ballot: that makes acceptors refuse, and nothing else.</summary>
    public ushort AcceptOf(Ballot ballot, RegisterState state) => catalogue.Accepts.NumberOf(rules.AcceptRequest(ballot, state, Ballot.None));

    /// <summary>The changes that a proposer makes: the sweep makes none.</summary>
    public ImmutableArray<ChangeRequest> ChangesOf(ushort plan, int proposer) =>
        proposer == SetChangeState.Sweep ? NoChange : Known(WriterOf(plan, proposer).Value).Changes;

    /// <summary>The state that a writer makes of a register without a value.</summary>
    public RegisterState NewStateOf(ushort plan, int proposer) => Known(WriterOf(plan, proposer).Value).New;

    private (ImmutableArray<ChangeRequest> Changes, RegisterState New) Known(char value)
    {
        if (_changes.TryGetValue(value, out var known))
            return known;
        var change = Change.CompareAndSet(Encoding.UTF8.GetBytes([value]), expectedVersion: 0);
        ImmutableArray<ChangeRequest> changes = [new ChangeRequest(new Guid(value, 0, 0, new byte[8]), change, DateTimeOffset.UnixEpoch, Floor: 0)];
        _changes.Add(value, known = (changes, rules.Judge(RegisterState.Empty, basisChosen: true, changes).State));
        return known;
    }

    /// <summary>The ballots of a proposer. All of one epoch have the same round, so ids order them.</summary>
    private BallotSource BallotsOf(ushort plan, int proposer)
    {
        var id = proposer == SetChangeState.Sweep ? (2 * plans[plan - 1].BelowSweep) + 1 : 2 * proposer;
        return new BallotSource(() => new Guid(id, 0, 0, new byte[8]));
    }
}
