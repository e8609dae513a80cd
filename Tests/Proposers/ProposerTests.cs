using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

public sealed class ProposerTests
{
    [Fact]
    public async Task A_write_from_phase_one_takes_two_round_trips_and_one_under_a_prepared_round()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        var proposer = world.NewProposer();
        var promises = 0;
        foreach (var node in world.Nodes.Values)
        {
            node.OnReply = reply => Task.FromResult(reply is PrepareReply ? Interlocked.Increment(ref promises) : promises);
            node.OnRequest = async request =>
            {
                while (request is AcceptRequest && Volatile.Read(ref promises) < 3)
                    await Task.Yield(); // else an acceptor that is slow may get the state first, and then has no promise to write
            };
        }

        var first = await CountAsync(world, () => proposer.ProposeAsync(new ProposeRequest("r", [Requests.Set("1")], null)));
        Assert.Equal(6, first.Requests);
        Assert.Equal(12, first.Writes); // empty record, promise, name, state at each acceptor

        var second = await CountAsync(world, () => proposer.ProposeAsync(new ProposeRequest("r", [Requests.Set("2", 1)], first.Result.Next)));
        Assert.Equal((3, 3), (second.Requests, second.Writes));
        Assert.Equal(2, second.Result.Chosen!.State.Version);

        var read = await CountAsync(world, async () => await world.NewReader().ReadOnceAsync("r", second.Result.Chosen)); // a learner, which has the state
        Assert.Equal((3, 0), (read.Requests, read.Writes));
    }

    [Fact]
    public async Task A_prepared_round_works_in_the_hands_of_another_proposer()
    {
        var world = new PaxosWorld();
        var first = await world.ProposeAsync("r", Requests.Set("1"));
        var second = await world.NewProposer().ProposeAsync(new ProposeRequest("r", [Requests.Set("2", 1)], first.Next));
        var third = await world.NewProposer().ProposeAsync(new ProposeRequest("r", [Requests.Set("3", 2)], second.Next));
        Assert.Equal([1L, 2, 3], new[] { first, second, third }.Select(result => result.Chosen!.State.Version));
    }

    [Fact]
    public async Task I1_one_prepared_round_used_twice_for_one_request_makes_one_version()
    {
        var world = new PaxosWorld();
        var first = await world.ProposeAsync("r", Requests.Set("1"));
        var request = new ProposeRequest("r", [Requests.Set("2", 1)], first.Next);
        var results = await Task.WhenAll(world.NewProposer().ProposeAsync(request), world.NewProposer().ProposeAsync(request));
        Assert.All(results, result => Assert.Equal(2, result.Outcomes[0].Entry!.Version));
        Assert.Equal(2, (await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable))!.Version);
    }

    [Fact]
    public async Task A_rival_promise_sends_the_holder_of_a_prepared_round_back_to_phase_one()
    {
        var world = new PaxosWorld();
        var first = await world.ProposeAsync("r", Requests.Set("1"));
        await world.ProposeAsync("r", Requests.Set("rival"));
        var late = await world.NewProposer().ProposeAsync(new ProposeRequest("r", [Requests.CompareAndSet("2", 1, floor: 1)], first.Next));
        Assert.Equal(ChangeStatus.VersionMismatch, late.Outcomes[0].Status);
        Assert.Equal("rival", late.Outcomes[0].Entry.Text());
    }

    [Fact]
    public async Task A_refusal_under_a_prepared_round_is_answered_only_when_that_round_is_still_the_newest()
    {
        var world = new PaxosWorld();
        var first = await world.ProposeAsync("r", Requests.Set("1"));
        await world.ProposeAsync("r", Requests.Set("2"));
        var outcome = (await world.NewProposer().ProposeAsync(
            new ProposeRequest("r", [Requests.CompareAndSet("3", 2, floor: 2)], first.Next))).Outcomes[0];
        Assert.Equal((ChangeStatus.Applied, 3L), (outcome.Status, outcome.Version));
    }

    [Theory]
    [InlineData(1, 0), InlineData(2, 0), InlineData(3, 1), InlineData(4, 1), InlineData(5, 2), InlineData(7, 3)]
    public async Task Any_minority_may_be_down_and_no_more(int acceptors, int tolerated)
    {
        var world = new PaxosWorld(acceptors);
        await world.JoinAsync();
        for (var down = 1; down <= tolerated; down++)
            world.Node(down).Down = true;
        Assert.Equal(ProposeStatus.Decided, (await world.ProposeAsync("r", Requests.Set("1"))).Status);

        world.Node(tolerated + 1).Down = true;
        await world.QuietAsync();
        world.GiveUpAfterOneAttempt();
        var result = await world.ProposeAsync("r", Requests.Set("2", floor: 1));
        Assert.Equal(ProposeStatus.Unavailable, result.Status);
        Assert.Equal(world.Set.Names.Skip(tolerated + 1), result.Answered.Order());
    }

    [Fact]
    public async Task An_accept_whose_answers_are_lost_is_unknown_and_the_same_request_applies_once()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        var request = Requests.Set("1");
        foreach (var node in world.Nodes.Values)
            node.OnReply = reply => LoseIf<AcceptReply>(world, reply);
        Assert.Equal(ProposeStatus.Unknown, (await world.ProposeAsync("r", request)).Status);

        world.Deliver();
        var again = await world.ProposeAsync("r", request);
        Assert.Equal((ChangeStatus.Applied, 1L), (again.Outcomes[0].Status, again.Outcomes[0].Version));
        Assert.Equal(1, again.Chosen!.State.Version);
    }

    [Fact]
    public async Task A_request_that_the_window_has_passed_between_two_attempts_is_beyond_it()
    {
        var world = new PaxosWorld(3, options => options.AcceptorTimeout = options.ProposalTimeout = TimeSpan.FromMinutes(1));
        await world.JoinAsync();
        var request = Requests.Set("mine");
        var others = new Lazy<Task>(() => WriteAsync(world, 40));
        foreach (var node in world.Nodes.Values)
        {
            node.OnRequest = async message =>
            {
                if (message is not AcceptRequest accept || accept.State.VersionOf(request.RequestId) is null)
                    return;
                await others.Value;
                throw new TimeoutException("The message was lost.");
            };
        }

        var outcome = Assert.Single((await world.ProposeAsync("r", request)).Outcomes);
        Assert.Equal((ChangeStatus.BeyondWindow, 40L), (outcome.Status, outcome.Version));
    }

    [Fact]
    public async Task A_state_accepted_by_a_minority_is_carried_on_with_all_its_entries()
    {
        var world = new PaxosWorld();
        await world.ProposeAsync("r", Requests.Set("1"));
        await world.QuietAsync();
        foreach (var number in new[] { 2, 3 })
            world.Node(number).OnRequest = request => LoseIf<AcceptRequest>(world, request);
        Assert.Equal(ProposeStatus.Unknown, (await world.ProposeAsync("r", Requests.Set("2", 1), Requests.Set("3", 1), Requests.Set("4", 1))).Status);

        world.Deliver();
        world.Node(3).Down = true;
        await world.ProposeAsync("r", Requests.Set("5", 1));
        world.Node(3).Down = false;
        world.Node(1).Down = true;
        Assert.Equal(["1", "2", "3", "4", "5"], (await world.NewRegister("r").HistoryAsync()).Select(entry => entry.Text()));
    }

    [Fact]
    public async Task Rival_proposers_make_one_chain_with_every_acknowledged_change_in_it()
    {
        var world = new PaxosWorld();
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<long>();
        var unknown = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            var proposer = world.NewProposer();
            for (var count = 0; count < 25; count++)
            {
                var request = Requests.Set($"{writer}.{count}");
                ChangeOutcome? outcome;
                do
                {
                    var result = await proposer.ProposeAsync(new ProposeRequest("r", [request], null));
                    outcome = result.Outcomes.FirstOrDefault();
                    request = request with { Floor = outcome?.Version ?? 0 };
                }
                while (outcome is { Status: ChangeStatus.BeyondWindow });
                if (outcome is { Status: ChangeStatus.Applied })
                    acknowledged.Add(outcome.Entry!.Version);
                else
                    Interlocked.Increment(ref unknown);
            }
        }));
        var newest = (await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable))!.Version;
        Assert.Equal(acknowledged.Count, acknowledged.Distinct().Count());
        Assert.InRange(newest, acknowledged.Max(), acknowledged.Count + unknown);
    }

    [Fact]
    public async Task I10_a_proposer_of_another_set_is_refused_before_anything_is_written()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        var peers = new AcceptorPeers(new AcceptorSet(world.Set.Names, epoch: 2), name => world.Nodes[name], TimeSpan.FromSeconds(1), world.Clock);
        var proposer = new Proposer(
            peers, new BallotSource(UniqueId.New), world.Options, new Random(1),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Proposer>.Instance);
        var writes = world.Writes;
        var refusal = await Assert.ThrowsAsync<AcceptorSetMismatchException>(
            () => proposer.ProposeAsync(new ProposeRequest("r", [Requests.Set("1")], null)));
        Assert.Contains("epoch 1: a1, a2, a3", refusal.Message);
        Assert.Contains("epoch 2: a1, a2, a3", refusal.Message);
        Assert.Equal(writes, world.Writes);
    }

    [Fact]
    public void I1_every_ballot_of_a_source_is_new_and_above_all_it_has_seen()
    {
        var source = new BallotSource(UniqueId.New);
        var issued = new List<Ballot>();
        var random = new Random(1);
        for (var count = 0; count < 1000; count++)
        {
            var seen = new Ballot(random.Next(2000), UniqueId.New());
            issued.Add(source.Next(seen));
            Assert.True(issued[^1] > seen);
        }

        Assert.Equal(issued.Distinct().Order(), issued);
    }

    private static async Task WriteAsync(PaxosWorld world, int times)
    {
        for (var time = 0; time < times; time++)
            Assert.Equal(ChangeStatus.Applied, (await world.ProposeAsync("r", Requests.Set($"{time}", time))).Outcomes[0].Status);
    }

    /// <summary>Loses messages of one kind. The time of the proposal is up with the first.</summary>
    private static Task LoseIf<TMessage>(PaxosWorld world, object message)
    {
        if (message is not TMessage)
            return Task.CompletedTask;
        world.TimeIsUp();
        throw new TimeoutException("The message was lost.");
    }

    private static async Task<(T Result, int Requests, int Writes)> CountAsync<T>(PaxosWorld world, Func<Task<T>> action)
    {
        var (requests, writes) = (world.Requests, world.Writes);
        var result = await action();
        await world.QuietAsync();
        return (result, world.Requests - requests, world.Writes - writes);
    }
}
