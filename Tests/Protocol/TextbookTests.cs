using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>The claims of "Paxos Made Simple" (Lamport, 2001), one by one, against the production rules.</summary>
public sealed class TextbookTests
{
    private static readonly Guid A = new("aaaaaaaa-0000-0000-0000-000000000000");
    private static readonly Guid B = new("bbbbbbbb-0000-0000-0000-000000000000");
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);
    private static readonly AcceptorSetId Set = new AcceptorSet(["x", "y", "z"]).Id;

    [Fact]
    public void An_acceptor_ignores_a_lower_prepare_section_2_2_P1a()
    {
        var (record, _) = AcceptorRules.Prepare(AcceptorRecord.Blank, new Ballot(4, B));
        var (after, reply) = AcceptorRules.Prepare(record, new Ballot(2, A));
        Assert.False(reply.Granted);
        Assert.Equal(new Ballot(4, B), reply.Promised);
        Assert.Same(record, after);
    }

    [Fact]
    public void A_promise_reports_the_accepted_proposal_with_the_highest_number_section_2_2_phase_1b()
    {
        var record = Accept(Accept(AcceptorRecord.Blank, new Ballot(1, A), "7"), new Ballot(2, A), "8");
        var (_, reply) = AcceptorRules.Prepare(record, new Ballot(4, B));
        Assert.True(reply.Granted);
        Assert.Equal(new Ballot(2, A), reply.Accepted);
        Assert.Equal("8", reply.State!.Newest.Text());
    }

    [Fact]
    public void A_proposer_with_any_earlier_accepted_value_must_propose_that_value_section_2_2_P2c()
    {
        PrepareReply[] promises =
        [
            new(true, new Ballot(5, B), Ballot.None, null),
            new(true, new Ballot(5, B), new Ballot(1, A), Decided("1")),
            new(true, new Ballot(5, B), new Ballot(3, A), Decided("3")),
        ];
        var highest = ProposerRules.Highest(promises.Numbered(), Voters.Of(3));
        var judgement = ChangeRules.Judge(highest.Highest.State, highest.Chosen, [Requests.Decide("mine")], Limits);
        Assert.False(highest.Chosen);
        Assert.Equal("3", judgement.State.Newest.Text());
        Assert.Equal(ChangeStatus.AlreadyDecided, judgement.Outcomes[0].Status);
    }

    [Fact]
    public void An_accept_below_the_promise_is_refused_section_2_2_phase_2b()
    {
        var (record, _) = AcceptorRules.Prepare(AcceptorRecord.Blank, new Ballot(4, B));
        var (after, reply) = AcceptorRules.Accept(record, new AcceptRequest(Set, "r", new Ballot(2, A), Decided("8"), Ballot.None), Limits);
        Assert.False(reply.Accepted);
        Assert.Equal(new Ballot(4, B), reply.Promised);
        Assert.True(after.Accepted.IsNone);
    }

    [Theory]
    [InlineData(1, 1), InlineData(2, 2), InlineData(3, 2), InlineData(4, 3), InlineData(5, 3), InlineData(7, 4)]
    public void A_majority_of_acceptances_chooses_section_2_1(int acceptors, int majority)
    {
        Assert.Equal(majority, new AcceptorSet(Enumerable.Range(1, acceptors).Select(number => $"a{number}")).Majority);
        Assert.True(Voters.Of(acceptors).IsMajority((1UL << majority) - 1));
        Assert.False(Voters.Of(acceptors).IsMajority((1UL << (majority - 1)) - 1));
    }

    [Fact]
    public async Task Nothing_proposed_nothing_chosen_section_2_1()
    {
        var world = new PaxosWorld();
        var read = (await world.NewReader().ReadOnceAsync("r", ChosenState.Empty)).Agreed;
        Assert.Equal(ChosenState.Empty, read);
    }

    [Fact]
    public async Task Once_chosen_forever_chosen_section_2_2_P2()
    {
        var world = new PaxosWorld();
        await world.ProposeAsync("r", Requests.Decide("first"));
        for (var rival = 0; rival < 20; rival++)
        {
            var result = await world.ProposeAsync("r", Requests.Decide($"rival {rival}"));
            Assert.Equal(ChangeStatus.AlreadyDecided, result.Outcomes[0].Status);
            Assert.Equal("first", result.Outcomes[0].Entry.Text());
        }
    }

    /// <summary>
    /// The well-known example: A prepares n=2 at X and Y and proposes 8; B prepares n=4 at Z first, then meets A's value at X
    /// or Y and must continue with it, although it wanted 5.
    /// </summary>
    [Fact]
    public void Two_proposers_A_n2_v8_and_B_n4_v5_over_X_Y_Z_end_with_8_chosen()
    {
        var acceptors = new Dictionary<string, AcceptorRecord> { ["X"] = AcceptorRecord.Blank, ["Y"] = AcceptorRecord.Blank, ["Z"] = AcceptorRecord.Blank };
        Ballot a = new(2, A), b = new(4, B);

        Assert.True(Prepare("X", a).Granted);
        Assert.True(Prepare("Y", a).Granted);
        Assert.True(Prepare("Z", b).Granted);
        Assert.False(Prepare("Z", a).Granted);

        var eight = ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [Requests.Decide("8")], Limits).State;
        Assert.True(Propose("X", a, eight).Accepted);
        Assert.True(Propose("Y", a, eight).Accepted);
        Assert.False(Propose("Z", a, eight).Accepted);

        PrepareReply[] promises = [Prepare("X", b), Prepare("Y", b)];
        var highest = ProposerRules.Highest(promises.Numbered(), Voters.Of(3)).Highest;
        var carried = ChangeRules.Judge(highest.State, basisChosen: false, [Requests.Decide("5")], Limits).State;
        foreach (var name in acceptors.Keys)
            Assert.True(Propose(name, b, carried).Accepted);
        Assert.All(acceptors.Values, record => Assert.Equal("8", record.State.Newest.Text()));

        PrepareReply Prepare(string name, Ballot ballot)
        {
            (acceptors[name], var reply) = AcceptorRules.Prepare(acceptors[name], ballot);
            return reply;
        }

        AcceptReply Propose(string name, Ballot ballot, RegisterState state)
        {
            (acceptors[name], var reply) = AcceptorRules.Accept(acceptors[name], new AcceptRequest(Set, "r", ballot, state, Ballot.None), Limits);
            return reply;
        }
    }

    [Fact]
    public async Task Learners_catch_up_section_2_3()
    {
        var world = new PaxosWorld();
        var late = world.NewRegister("r");
        await world.NewRegister("r").ChangeAsync(Requests.Set("1"));
        await world.NewRegister("r").ChangeAsync(Requests.Set("2"));
        Assert.Equal("2", (await late.ReadAsync(ReadConsistency.Linearizable)).Text());
        Assert.Equal(["1", "2"], (await late.WatchAsync(0, TimeSpan.Zero)).Entries.Select(entry => entry.Text()));
    }

    private static AcceptorRecord Accept(AcceptorRecord record, Ballot ballot, string value) =>
        AcceptorRules.Accept(record, new AcceptRequest(Set, "r", ballot, Decided(value), Ballot.None), Limits).Record;

    private static RegisterState Decided(string value) =>
        ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [Requests.Decide(value)], Limits).State;
}
