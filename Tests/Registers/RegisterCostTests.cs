using Orleans.Paxos.Registers;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Registers;

/// <summary>
/// The cost of operations on a register in steady state with three acceptors: messages to the acceptors, and the durable
/// writes of all of them together. Both are counted, so the results do not depend on the speed of the machine.
/// </summary>
public sealed class RegisterCostTests
{
    private const string Register = "r";

    [Fact]
    public async Task The_first_write_of_a_register_is_one_round_trip_and_one_durable_write_an_acceptor()
    {
        var world = await NewWorldAsync();
        var register = world.NewRegister("new");
        Assert.Equal((3, 3), await CostAsync(world, () => register.ChangeAsync(Requests.Set("1"))));
    }

    [Fact]
    public async Task A_write_is_one_round_trip_and_one_durable_write_an_acceptor()
    {
        var world = await NewWorldAsync();
        var register = await NewRegisterAsync(world);
        for (var version = 1; version < 40; version++) // the history fills up, and is full
            Assert.Equal((3, 3), await CostAsync(world, () => register.ChangeAsync(Requests.Set("x", version))));
    }

    [Fact]
    public async Task A_change_that_is_refused_is_one_round_trip_and_no_durable_write()
    {
        var world = await NewWorldAsync();
        var register = await NewRegisterAsync(world);
        Assert.Equal((3, 0), await CostAsync(world, () => register.ChangeAsync(Requests.CompareAndSet("x", 7, floor: 1))));
    }

    [Fact]
    public async Task Writes_that_wait_together_cost_as_much_as_one()
    {
        var world = await NewWorldAsync();
        var register = await NewRegisterAsync(world);
        var gate = HoldMessages(world);
        var cost = CostAsync(world, async () =>
        {
            var writes = Enumerable.Range(0, 101).Select(number => register.ChangeAsync(Requests.Set($"{number}", 1))).ToList();
            gate.SetResult();
            Assert.Equal(Enumerable.Range(2, 101).Select(version => (long)version), (await Task.WhenAll(writes)).Select(outcome => outcome.Version).Order());
        });
        Assert.Equal((6, 6), await cost); // the first by itself, then a hundred together
    }

    [Fact]
    public async Task A_linearizable_read_is_one_round_trip_no_durable_write_and_ships_no_state_that_the_reader_has()
    {
        var world = await NewWorldAsync();
        var register = await NewRegisterAsync(world);
        var shipped = 0;
        foreach (var node in world.Nodes.Values)
        {
            node.OnReply = reply =>
            {
                if (reply is ReadReply { State: not null })
                    Interlocked.Increment(ref shipped);
                return Task.CompletedTask;
            };
        }

        Assert.Equal((3, 0), await CostAsync(world, () => register.ReadAsync(ReadConsistency.Linearizable)));
        Assert.Equal(0, shipped);

        var stranger = world.NewRegister(Register);
        Assert.Equal((3, 0), await CostAsync(world, () => stranger.ReadAsync(ReadConsistency.Linearizable)));
        Assert.Equal(1, shipped);
    }

    [Fact]
    public async Task Reads_that_wait_together_share_one()
    {
        var world = await NewWorldAsync();
        var register = await NewRegisterAsync(world);
        var gate = HoldMessages(world);
        var cost = CostAsync(world, () =>
        {
            var reads = Enumerable.Range(0, 100).Select(_ => register.ReadAsync(ReadConsistency.Linearizable)).ToList();
            gate.SetResult();
            return Task.WhenAll(reads);
        });
        Assert.Equal((6, 0), await cost); // the one under way when the others came, and theirs
    }

    [Fact]
    public async Task A_stale_read_and_what_a_watcher_is_given_cost_nothing()
    {
        var world = await NewWorldAsync();
        var register = await NewRegisterAsync(world);
        Assert.Equal((0, 0), await CostAsync(world, () => register.ReadAsync(ReadConsistency.Stale)));
        Assert.Equal((0, 0), await CostAsync(world, () => register.WatchAsync(0, TimeSpan.FromSeconds(10))));

        var watchers = Enumerable.Range(0, 100).Select(_ => register.WatchAsync(1, TimeSpan.FromSeconds(10))).ToList();
        var cost = await CostAsync(world, async () =>
        {
            await register.ChangeAsync(Requests.Set("2", 1));
            Assert.All(await Task.WhenAll(watchers), batch => Assert.Equal(2, Assert.Single(batch.Entries).Version));
        });
        Assert.Equal((3, 3), cost); // the write itself
    }

    /// <summary>Blocks all messages until it is set.</summary>
    private static TaskCompletionSource HoldMessages(PaxosWorld world)
    {
        var gate = new TaskCompletionSource();
        foreach (var node in world.Nodes.Values)
            node.OnRequest = _ => gate.Task;
        return gate;
    }

    private static async Task<(int Requests, int Writes)> CostAsync(PaxosWorld world, Func<Task> action)
    {
        var (requests, writes) = (world.Requests, world.Writes);
        await action();
        await world.QuietAsync();
        return (world.Requests - requests, world.Writes - writes);
    }

    private static async Task<ConfigRegister> NewRegisterAsync(PaxosWorld world)
    {
        var register = world.NewRegister(Register);
        await register.ChangeAsync(Requests.Set("1"));
        await world.QuietAsync();
        return register;
    }

    /// <summary>A world whose storage commits a register at once, and in which every acceptor has been heard from.</summary>
    private static async Task<PaxosWorld> NewWorldAsync()
    {
        var world = new PaxosWorld(inOneCommit: true);
        await world.JoinAsync();
        await world.ProposeAsync("other", Requests.Set("0"));
        await world.QuietAsync();
        return world;
    }
}
