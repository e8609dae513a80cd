using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Exploration;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>The initial round, in which a register's first state is proposed without a prepare ("Fast Paxos", Lamport, 2006), against the production rules.</summary>
public sealed class InitialRoundTests
{
    private static readonly Ballot First = Ballot.Initial(new("aaaaaaaa-0000-0000-0000-000000000000"));
    private static readonly Ballot Second = Ballot.Initial(new("bbbbbbbb-0000-0000-0000-000000000000"));
    private static readonly Ballot Later = new(7, new("cccccccc-0000-0000-0000-000000000000"));
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);
    private static readonly AcceptorSetId Set = new AcceptorSet(["x", "y", "z"]).Id;

    [Theory]
    [InlineData(1, 1), InlineData(2, 2), InlineData(3, 3), InlineData(4, 3), InlineData(5, 4), InlineData(7, 6), InlineData(15, 12)]
    public void Any_two_fast_quorums_and_a_majority_have_an_acceptor_in_common_and_no_smaller_quorums_have(int acceptors, int fast)
    {
        var quorums = new Quorums(acceptors);
        Assert.Equal(fast, quorums.Fast);
        Assert.True((2 * fast) + quorums.Majority > 2 * acceptors);
        Assert.False((2 * (fast - 1)) + quorums.Majority > 2 * acceptors);
    }

    [Fact]
    public void Ballots_of_a_later_epoch_are_above_earlier_ones_but_for_those_of_the_initial_round()
    {
        var source = new BallotSource(UniqueId.New);
        var (first, third) = (source.Next(new Ballot(1_000_000, Guid.Empty)), source.Next(Ballot.None, epoch: 3));
        Assert.True(third > first);
        Assert.Equal((1, 3, 3), (first.Epoch, third.Epoch, source.Next(third, epoch: 3).Epoch));
        var initial = Ballot.Initial(Guid.Empty, epoch: 3);
        Assert.True(initial.IsInitial && initial > Ballot.None && initial < first);
    }

    [Fact]
    public void An_acceptor_accepts_the_state_that_it_gets_first_and_no_other()
    {
        var (record, reply) = Accept(AcceptorRecord.Blank, First, State("1"));
        Assert.True(reply.Accepted);
        var (after, refused) = Accept(record, Second, State("2"));
        Assert.False(refused.Accepted);
        Assert.Same(record, after);
        Assert.True(Accept(record, First, record.State).Reply.Accepted); // the same message once more
    }

    [Fact]
    public void An_acceptor_that_promised_anything_accepts_nothing_of_the_initial_round()
    {
        var (record, _) = AcceptorRules.Prepare(AcceptorRecord.Blank, Ballot.Initial(Guid.Empty));
        Assert.False(Accept(record, First, State("1")).Reply.Accepted);
        (record, _) = AcceptorRules.Prepare(AcceptorRecord.Blank, Later);
        Assert.False(Accept(record, First, State("1")).Reply.Accepted);
    }

    /// <summary>Every combination in which acceptors can have accepted one of two states or none, with every majority that promises.</summary>
    [Theory]
    [InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7)]
    public void What_was_chosen_is_carried_on_whichever_ballot_is_higher_and_whoever_promises(int acceptors)
    {
        var quorums = new Quorums(acceptors);
        PrepareReply[] kinds = [new(true, Later, Ballot.None, null), Promise(First, "1"), Promise(Second, "2")];
        var chosenWays = 0;
        for (var way = 0; way < Math.Pow(3, acceptors); way++)
        {
            var replies = Enumerable.Range(0, acceptors).Select(acceptor => kinds[way / (int)Math.Pow(3, acceptor) % 3]).ToList();
            if (kinds[1..].FirstOrDefault(kind => replies.Count(reply => reply == kind) >= quorums.Fast) is not { } chosen)
                continue;
            chosenWays++;
            for (var promising = 0; promising < 1 << acceptors; promising++)
            {
                PrepareReply[] promises = [.. replies.Where((_, acceptor) => (promising & (1 << acceptor)) != 0)];
                if (promises.Length >= quorums.Majority)
                    Assert.Equal(chosen.Accepted, ProposerRules.Highest(promises.Numbered(), Voters.Of(acceptors)).Highest.Ballot);
            }
        }

        Assert.True(chosenWays >= 2);
    }

    [Fact]
    public void A_state_of_the_initial_round_is_chosen_when_a_fast_quorum_reports_it()
    {
        Assert.False(ProposerRules.Highest(new[] { Promise(First, "1"), Promise(First, "1") }.Numbered(), Voters.Of(3)).Chosen);
        Assert.True(ProposerRules.Highest(new[] { Promise(First, "1"), Promise(First, "1"), Promise(First, "1") }.Numbered(), Voters.Of(3)).Chosen);
    }

    [Fact]
    public void Any_later_ballot_comes_before_all_of_the_initial_round()
    {
        var highest = ProposerRules.Highest(new[] { Promise(First, "1"), Promise(new Ballot(2, Guid.Empty), "2"), Promise(First, "1") }.Numbered(), Voters.Of(3));
        Assert.Equal("2", highest.Highest.State.Newest.Text());
    }

    [Fact]
    public void A_reader_takes_a_majority_s_word_for_it_only_when_it_knows_the_state_to_be_chosen()
    {
        Ballot[] two = [First, First];
        Assert.Null(ProposerRules.Agreed(two.Numbered(), ballot => ballot, Ballot.None, Voters.Of(3)));
        Assert.Equal(First, ProposerRules.Agreed(two.Numbered(), ballot => ballot, First, Voters.Of(3)));
        Assert.Equal(First, ProposerRules.Agreed(new[] { First, First, First }.Numbered(), ballot => ballot, Ballot.None, Voters.Of(3)));
        Assert.Equal(Later, ProposerRules.Agreed(new[] { Later, Later }.Numbered(), ballot => ballot, Ballot.None, Voters.Of(3)));
    }

    [Fact]
    public void Every_ballot_of_the_initial_round_has_an_id_of_its_own_and_every_other_is_above_it()
    {
        var source = new BallotSource(UniqueId.New);
        var (one, other) = (source.Initial(), source.Initial());
        Assert.NotEqual(one, other);
        Assert.True(source.Next(Ballot.None) > Ballot.Max(one, other));
    }

    private static (AcceptorRecord Record, AcceptReply Reply) Accept(AcceptorRecord record, Ballot ballot, RegisterState state) =>
        AcceptorRules.Accept(record, new AcceptRequest(Set, "r", ballot, state, new Ballot(2, ballot.Proposer)), Limits);

    private static PrepareReply Promise(Ballot accepted, string value) => new(true, Later, accepted, State(value));

    private static RegisterState State(string value) =>
        ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [Requests.Set(value)], Limits).State;
}
