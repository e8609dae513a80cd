using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

public sealed class AcceptorTests
{
    private static readonly Guid Proposer = new("aaaaaaaa-0000-0000-0000-000000000000");

    [Fact]
    public async Task I2_no_answer_leaves_before_the_record_is_durable()
    {
        var world = await JoinedAsync();
        var node = world.Node(1);
        TaskCompletionSource reached = new(), gate = new();
        node.Storage.BeforeWrite = _ =>
        {
            reached.TrySetResult();
            return gate.Task;
        };

        var prepare = node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(1, Proposer)));
        await reached.Task;
        var read = node.ReadAsync(new ReadRequest(world.Set.Id, "r", Ballot.None, WithState: true));
        await Task.WhenAny(prepare, read, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        Assert.False(prepare.IsCompleted);
        Assert.False(read.IsCompleted);

        gate.SetResult();
        Assert.True((await prepare).Granted);
        Assert.Equal(new Ballot(1, Proposer), (await read).Promised);
    }

    [Fact]
    public async Task I3_a_promise_outlives_a_restart()
    {
        var world = await JoinedAsync();
        var node = world.Node(1);
        await node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(7, Proposer)));
        node.Restart();
        var reply = await node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(6, Proposer)));
        Assert.False(reply.Granted);
        Assert.Equal(new Ballot(7, Proposer), reply.Promised);
    }

    [Fact]
    public async Task I8_after_a_write_with_unknown_outcome_the_record_is_read_again_before_the_next_vote()
    {
        var world = await JoinedAsync();
        var node = world.Node(1);
        await node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(7, Proposer)));
        node.Storage.AfterWrite = _ => throw new TimeoutException("The answer of the storage was lost.");
        await Assert.ThrowsAsync<TimeoutException>(() => node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(9, Proposer))));

        node.Storage.AfterWrite = null;
        var reply = await node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(8, Proposer)));
        Assert.False(reply.Granted);
        Assert.Equal(new Ballot(9, Proposer), reply.Promised);
    }

    [Fact]
    public async Task A_duplicate_activation_over_one_storage_can_not_vote_from_stale_memory()
    {
        var world = await JoinedAsync();
        var node = world.Node(1);
        var zombie = node.NewActivation();
        await zombie.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(1, Proposer)));
        await node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(5, Proposer)));

        var stale = new PrepareRequest(world.Set.Id, "r", new Ballot(3, Proposer));
        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => zombie.PrepareAsync(stale));
        Assert.Equal(new Ballot(5, Proposer), (await zombie.PrepareAsync(stale)).Promised);
    }

    [Fact]
    public async Task A_read_comes_from_storage_where_the_storage_is_not_exclusively_owned()
    {
        var world = await JoinedAsync();
        var node = world.Node(1);
        node.Storage.IsExclusivelyOwned = false;
        var zombie = node.NewActivation();
        var read = new ReadRequest(world.Set.Id, "r", Ballot.None, WithState: true);
        await zombie.ReadAsync(read);
        await node.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(5, Proposer)));
        Assert.Equal(new Ballot(5, Proposer), (await zombie.ReadAsync(read)).Promised);
    }

    [Fact]
    public async Task Messages_that_wait_at_one_register_share_one_write()
    {
        var world = await JoinedAsync();
        var node = world.Node(1);
        var gate = new TaskCompletionSource();
        var acceptor = node.NewActivation();
        await acceptor.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(1, Proposer)));
        node.Storage.BeforeWrite = _ => gate.Task;
        var before = node.Storage.Writes;
        var replies = await new TurnScheduler().RunAsync(async () =>
        {
            var prepares = Enumerable.Range(2, 10)
                .Select(round => acceptor.PrepareAsync(new PrepareRequest(world.Set.Id, "r", new Ballot(round, Proposer))))
                .ToList();
            gate.SetResult(); // all have come, in one turn
            return await Task.WhenAll(prepares);
        });
        Assert.All(replies, reply => Assert.True(reply.Granted));
        Assert.Equal(2, node.Storage.Writes - before); // the first, and one for those that came while it was written
    }

    [Fact]
    public async Task I10_a_message_of_another_set_is_refused_with_both_sets_named()
    {
        var world = await JoinedAsync();
        var other = new AcceptorSet(["a1", "a2", "b3"], epoch: 2);
        var refusal = await Assert.ThrowsAsync<AcceptorSetMismatchException>(
            () => world.Node(1).PrepareAsync(new PrepareRequest(other.Id, "r", new Ballot(1, Proposer))));
        Assert.Contains("epoch 1: a1, a2, a3", refusal.Message);
        Assert.Contains("epoch 2", refusal.Message);
    }

    [Fact]
    public async Task Registers_let_go_from_memory_are_read_again()
    {
        var world = new PaxosWorld(1, options => options.AcceptorMemoryBytes = 20_000);
        for (var number = 0; number < 200; number++)
            await world.ProposeAsync($"r{number}", Requests.Set($"{number}"));
        var reads = world.Node(1).Storage.Reads;
        for (var number = 0; number < 200; number++)
            Assert.Equal($"{number}", (await world.NewReader().ReadOnceAsync($"r{number}", ChosenState.Empty)).Agreed!.State.Newest.Text());
        Assert.True(world.Node(1).Storage.Reads - reads > 100);
    }

    [Fact]
    public async Task A_damaged_record_takes_the_acceptor_out_of_that_register_only()
    {
        var world = await JoinedAsync();
        await world.ProposeAsync("r", Requests.Set("1"));
        await world.QuietAsync();
        world.Node(1).Restart();
        world.Node(1).Storage.Damage("register");
        await Assert.ThrowsAsync<DamagedRecordException>(
            () => world.Node(1).ReadAsync(new ReadRequest(world.Set.Id, "r", Ballot.None, WithState: true)));
        Assert.Equal("1", (await world.NewRegister("r").ReadAsync(ReadConsistency.Linearizable)).Text());
        Assert.True((await world.Node(1).PrepareAsync(new PrepareRequest(world.Set.Id, "other", new Ballot(1, Proposer)))).Granted);
    }

    private static async Task<PaxosWorld> JoinedAsync()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        return world;
    }
}
