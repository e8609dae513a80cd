using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

/// <summary>The first write of a register: it skips the prepare when possible, and never overrides another write.</summary>
public sealed class FirstWriteTests
{
    [Fact]
    public async Task It_takes_one_round_trip_and_the_next_write_too()
    {
        var world = await NewWorldAsync();
        var before = world.Requests;
        var first = await world.ProposeAsync("r", Requests.Set("1"));
        Assert.Equal((ProposeStatus.Decided, 3), (first.Status, world.Requests - before));
        Assert.True(first.Chosen!.Ballot.IsInitial);

        var second = await world.NewProposer().ProposeAsync(new ProposeRequest("r", [Requests.Set("2", floor: 1)], first.Next));
        Assert.Equal((2L, 6), (second.Outcomes[0].Version, world.Requests - before));
    }

    [Fact]
    public async Task Where_one_acceptor_is_missing_it_is_prepared_in_the_ordinary_way()
    {
        var world = await NewWorldAsync();
        world.Node(3).Down = true;
        var surprised = await world.ProposeAsync("r", Requests.Set("1"));
        Assert.Equal((ProposeStatus.Decided, 1L), (surprised.Status, surprised.Outcomes[0].Version));
        Assert.False(surprised.Chosen!.Ballot.IsInitial);

        var before = world.Node(1).Requests;
        var forewarned = await world.ProposeAsync("s", Requests.Set("1"));
        Assert.Equal((ProposeStatus.Decided, 2), (forewarned.Status, world.Node(1).Requests - before));
    }

    [Fact]
    public async Task A_register_that_exists_is_written_to_all_the_same()
    {
        var world = await NewWorldAsync();
        await world.ProposeAsync("r", Requests.Set("1"));
        var second = await world.ProposeAsync("r", Requests.Set("2")); // whose sender does not know that
        Assert.Equal((ProposeStatus.Decided, 2L), (second.Status, second.Outcomes[0].Version));
    }

    [Fact]
    public async Task Of_two_that_decide_at_once_one_does()
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var world = await NewWorldAsync();
            var names = new[] { "x", "y" };
            var decided = await Task.WhenAll(names.Select(value => world.ProposeAsync("r", Requests.Decide(value))));
            var outcomes = decided.Select(result => result.Outcomes[0]).ToList();
            Assert.Single(outcomes, outcome => outcome.Status == ChangeStatus.Applied);
            Assert.Single(outcomes, outcome => outcome.Status == ChangeStatus.AlreadyDecided);
            Assert.Single(outcomes.Select(outcome => outcome.Entry.Text()).Distinct());
        }
    }

    [Fact]
    public async Task What_only_a_majority_accepted_is_not_read_as_chosen_until_it_is()
    {
        var world = await NewWorldAsync();
        var ballot = Ballot.Initial(UniqueId.New());
        var state = ChangeRules.Judge(RegisterState.Empty, basisChosen: true, [Requests.Set("1")], world.Options.HistoryLimits).State;
        for (var number = 1; number <= 2; number++)
            await world.Node(number).AcceptAsync(new AcceptRequest(world.Set.Id, "r", ballot, state, new Ballot(2, ballot.Proposer)));

        Assert.Null((await world.NewReader().ReadOnceAsync("r", ChosenState.Empty)).Agreed);
        var entry = await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable);
        Assert.Equal("1", entry.Text());
        Assert.False((await world.NewReader().ReadOnceAsync("r", ChosenState.Empty)).Agreed!.Ballot.IsInitial);
    }

    /// <summary>A world in which the proposer has heard from every acceptor.</summary>
    private static async Task<PaxosWorld> NewWorldAsync()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        await world.ProposeAsync("other", Requests.Set("0"));
        return world;
    }
}
