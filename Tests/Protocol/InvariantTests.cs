using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>Each invariant of docs/protocol.md that a single step can break stops that step. The other invariants have separate tests, named after them.</summary>
public sealed class InvariantTests
{
    private static readonly Guid Proposer = new("aaaaaaaa-0000-0000-0000-000000000000");
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);
    private static readonly AcceptorSetId Set = new AcceptorSet(["x", "y", "z"]).Id;

    [Fact]
    public void I1_two_states_under_one_ballot_are_refused_by_the_acceptor()
    {
        var ballot = new Ballot(1, Proposer);
        var (record, _) = AcceptorRules.Accept(AcceptorRecord.Blank, Request(ballot, State("a")), Limits);
        Violates("I1", () => AcceptorRules.Accept(record, Request(ballot, State("b")), Limits));
        Assert.True(AcceptorRules.Accept(record, Request(ballot, record.State), Limits).Reply.Accepted);
    }

    [Fact]
    public void I3_a_promise_that_falls_is_refused()
    {
        var high = AcceptorRecord.Blank with { Promised = new Ballot(5, Proposer) };
        var low = AcceptorRecord.Blank with { Promised = new Ballot(4, Proposer) };
        Violates("I3", () => Invariants.PromisesOnlyRise(high, low));
    }

    [Fact]
    public void I3_an_accepted_ballot_above_the_promise_is_refused() =>
        Violates("I3", () => Invariants.PromisesOnlyRise(AcceptorRecord.Blank, AcceptorRecord.Blank with { Accepted = new Ballot(1, Proposer) }));

    [Fact]
    public void I3_an_accepted_ballot_that_falls_is_refused()
    {
        var promised = new Ballot(9, Proposer);
        var before = AcceptorRecord.Blank with { Promised = promised, Accepted = new Ballot(5, Proposer) };
        Violates("I3", () => Invariants.PromisesOnlyRise(before, before with { Accepted = new Ballot(4, Proposer) }));
    }

    [Fact]
    public void I5_a_state_with_a_hole_is_refused()
    {
        var state = State("a", "b", "c");
        Violates("I5", () => Accept(state with { Entries = [state.Entries[0], state.Entries[2]] }));
        Violates("I5", () => Accept(state with { Window = state.Window[1..] }));
        Violates("I5", () => Accept(state with { Entries = [] }));
        Violates("I5", () => Accept(state with { Window = [.. state.Window[..^1], new WindowItem(UniqueId.New(), 1, Deleted: false, ValueHash: 0)] }));
        Violates("I5", () => Accept(state with { Window = [.. state.Window[..^1], state.Window[^1] with { Deleted = true }] }));
        Violates("I5", () => Accept(state with { Window = [new WindowItem(UniqueId.New(), 1, Deleted: false, ValueHash: 0), .. state.Window] }));
    }

    [Fact]
    public void I5_a_chain_that_forks_is_noticed_by_the_learner()
    {
        var chain = new RecentChain(TimeProvider.System);
        chain.Learn(new ChosenState(new Ballot(1, Proposer), State("a")), []);
        Violates("I5", () => chain.Learn(new ChosenState(new Ballot(2, Proposer), State("b", "c")), []));
    }

    private static void Violates(string invariant, Action step) =>
        Assert.Equal(invariant, Assert.Throws<InvariantViolationException>(step).Invariant);

    private static void Accept(RegisterState state) =>
        AcceptorRules.Accept(AcceptorRecord.Blank, Request(new Ballot(1, Proposer), state), Limits);

    private static AcceptRequest Request(Ballot ballot, RegisterState state) => new(Set, "r", ballot, state, Ballot.None);

    private static RegisterState State(params string[] values) =>
        ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [.. values.Select(value => Requests.Set(value))], Limits).State;
}
