using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Changing;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Changing;

/// <summary>The acceptor set is changed while its registers are used.</summary>
public sealed class SetDriverTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData(1, "a1 a2 a3")]
    [InlineData(3, "a1")]
    [InlineData(3, "a1 a2 a3 a4")]
    [InlineData(3, "a4 a5 a6")]
    [InlineData(3, "a2 a3 a4")]
    [InlineData(4, "a5 a6")]
    [InlineData(2, "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b3 b4 b5 b6")]
    public async Task Every_set_changes_to_every_other_and_no_register_is_lost(int before, string after)
    {
        var world = new PaxosWorld(before);
        await WriteAsync(world, "r1", "r2", "r3");
        ImmutableArray<string> names = [.. after.Split(' ')];
        var coming = names.RemoveRange(world.Set.Names);
        foreach (var name in coming)
            world.AddNode(name);
        var driver = world.NewDriver();
        await driver.ChangeAsync(new AcceptorChange(coming, world.Set.Names.RemoveRange(names)));
        await driver.RunAsync(Never);

        foreach (var gone in world.Set.Names.RemoveRange(names))
            world.Nodes[gone].Down = true;
        Assert.Equal(AcceptorStanding.Voting, (await world.Nodes[names[0]].StatusAsync()).Standing);
        var peers = await PeersAsync(world, driver);
        await ReadAsync(world, peers, "r1", "r2", "r3");
        await WriteAsync(world, peers, "r4");
        Assert.All(names, name => Assert.Equal(3, world.Nodes[name].StatusAsync().Result.Epoch));
    }

    [Fact]
    public async Task A_lost_disk_is_replaced_under_the_same_name_and_then_another_one()
    {
        var world = new PaxosWorld();
        await WriteAsync(world, "r1", "r2");
        foreach (var lost in new[] { 1, 3 })
        {
            await world.QuietAsync();
            world.Node(lost).Storage.Wipe();
            world.Node(lost).Connect(world.NewPeers());
            var driver = world.NewDriver();
            await driver.ChangeAsync(new AcceptorChange([$"a{lost}"], [$"a{lost}"]));
            await driver.RunAsync(Never);
            Assert.Equal(AcceptorStanding.Voting, (await world.Node(lost).StatusAsync()).Standing);
        }

        world.Node(2).Down = true; // the only one that has been there all the time
        await ReadAsync(world, world.NewPeers(), "r1", "r2");
    }

    [Fact]
    public async Task A_history_comes_along()
    {
        var world = new PaxosWorld();
        var register = world.NewRegister("r");
        for (var number = 1; number <= 20; number++)
            await register.ChangeAsync(Requests.Set($"{number}", floor: await register.FloorAsync()));
        var peers = await MoveAsync(world, ["b1", "b2", "b3"]);
        var history = await world.NewRegister("r", peers).HistoryAsync();
        Assert.Equal(Enumerable.Range(5, 16).Select(static number => (long)number), history.Select(static entry => entry.Version));
    }

    [Fact]
    public async Task What_was_forgotten_does_not_begin_again()
    {
        var world = new PaxosWorld(configure: static options => options.ForgetAfter = TimeSpan.FromSeconds(1));
        await WriteAsync(world, "r", "r", "r");
        await world.NewRegister("r").ChangeAsync(Requests.New(Change.Delete()) with { At = DateTimeOffset.UnixEpoch, Floor = 3 });
        for (var look = 0; look < 20 && (await world.Node(1).StatusAsync()).Registers > 0; look++)
        {
            foreach (var node in world.Nodes.Values)
                await node.ForgetAsync();
        }

        Assert.Equal(0, (await world.Node(1).StatusAsync()).Registers);
        var again = world.NewRegister("r", await MoveAsync(world, ["b1", "b2", "b3"]));
        Assert.True((await again.ChangeAsync(Requests.Set("again", floor: await again.FloorAsync()))).Version > 4);
    }

    [Fact]
    public async Task A_cancelled_change_leaves_the_set_as_it_was_and_its_newcomer_votes_nowhere()
    {
        var world = new PaxosWorld();
        await WriteAsync(world, "r1");
        await world.QuietAsync();
        world.Node(1).Storage.Wipe();
        world.Node(1).Connect(world.NewPeers());
        var driver = world.NewDriver();
        await driver.ChangeAsync(new AcceptorChange(["a1"], ["a1"]));
        var joint = (await driver.ProgressAsync()).Plan!.Set;
        while (await world.Node(1).StatusAsync() is not { Standing: AcceptorStanding.Voting })
        {
            foreach (var node in world.Nodes.Values)
                await node.FollowAsync(joint);
        }

        await driver.CancelAsync();
        await driver.RunAsync(Never);

        Assert.Equal(AcceptorStanding.StorageLost, (await world.Node(1).StatusAsync()).Standing);
        await ReadAsync(world, world.NewPeers(), "r1");
        var refused = await Assert.ThrowsAsync<AcceptorChangeRefusedException>(() => driver.ChangeAsync(new AcceptorChange(["a1"], ["a1"])));
        Assert.Contains("wipe it", refused.Message);
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_ends_at_once()
    {
        var world = new PaxosWorld();
        await WriteAsync(world, "r1", "r2", "r3");
        var carried = new List<string>();
        var cancelled = new TaskCompletionSource();
        var newcomer = world.AddNode("b1");
        newcomer.OnRequest = async request =>
        {
            if (request is not AcceptRequest { Register: [not '!', ..] } accept)
                return;
            carried.Add(accept.Register);
            await world.NewDriver().CancelAsync();
            cancelled.SetResult();
        };
        var driver = world.NewDriver();
        await driver.ChangeAsync(new AcceptorChange(["b1"], [], PerSecond: 1));
        await driver.RunAsync(Never);
        await cancelled.Task;
        Assert.Equal(["r1"], carried);
        Assert.Equal(world.Set.Names, (await driver.ProgressAsync()).Plan!.Set.Names);
    }

    [Fact]
    public async Task Two_drivers_do_not_have_two_plans()
    {
        var world = new PaxosWorld();
        world.AddNode("b1");
        world.AddNode("b2");
        var drivers = new[] { world.NewDriver(), world.NewDriver() };
        var begun = await Task.WhenAll(drivers.Select(async (driver, index) =>
        {
            try
            {
                return await driver.ChangeAsync(new AcceptorChange([$"b{index + 1}"], []));
            }
            catch (AcceptorChangeRefusedException)
            {
                return null;
            }
        }));
        Assert.Single(begun.OfType<AcceptorSet>());
        await Task.WhenAll(drivers.Select(driver => driver.RunAsync(Never)));
        Assert.Equal(4, (await drivers[0].ProgressAsync()).Plan!.Set.Members.Length);
    }

    [Fact]
    public async Task A_silo_that_comes_with_the_first_set_learns_the_later_one()
    {
        var world = new PaxosWorld();
        await WriteAsync(world, "r1");
        await MoveAsync(world, ["a1", "b2", "b3"]);
        await ReadAsync(world, world.NewPeers(), "r1");
        world.Nodes["b2"].Connect(world.NewPeers());
        Assert.Equal((AcceptorStanding.Voting, 3), (await world.Nodes["b2"].StatusAsync()) is var status ? (status.Standing, status.Epoch) : default);
        Assert.Equal(AcceptorStanding.Retired, (await world.Node(3).StatusAsync()).Standing);
    }

    [Theory]
    [InlineData("b9", "", "'b9' does not answer")]
    [InlineData("a1", "", "'a1' is in the set")]
    [InlineData("", "b9", "no acceptor 'b9' to remove")]
    [InlineData("", "a1 a2 a3", "No acceptor would be left")]
    [InlineData("", "", "names no acceptor")]
    [InlineData("a1", "a1", "has voted")]
    [InlineData("b1 b1", "", "twice")]
    public async Task What_is_not_possible_is_refused_and_changes_nothing(string add, string remove, string reason)
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        world.AddNode("b1");
        var driver = world.NewDriver();
        var change = new AcceptorChange([.. add.Split(' ', StringSplitOptions.RemoveEmptyEntries)], [.. remove.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Contains(reason, (await Assert.ThrowsAsync<AcceptorChangeRefusedException>(() => driver.ChangeAsync(change))).Message);
        Assert.Null((await driver.ProgressAsync()).Plan);
    }

    [Fact]
    public async Task A_set_whose_majority_does_not_vote_is_not_entered()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        world.Node(3).Down = true;
        var refused = await Assert.ThrowsAsync<AcceptorChangeRefusedException>(() => world.NewDriver().ChangeAsync(new AcceptorChange([], ["a1", "a2"])));
        Assert.Contains("'a3'", refused.Message);
    }

    [Fact]
    public async Task Storage_from_before_it_was_replaced_does_not_vote()
    {
        var world = new PaxosWorld();
        await world.JoinAsync();
        var putBack = world.Node(1).Storage.TakeOut();
        world.Node(1).Connect(world.NewPeers());
        var driver = world.NewDriver();
        await driver.ChangeAsync(new AcceptorChange(["a1"], ["a1"]));
        await driver.RunAsync(Never);
        putBack();
        world.Node(1).Connect(world.NewPeers());
        await world.Node(1).FollowAsync((await driver.ProgressAsync()).Plan!.Set);
        Assert.Equal(AcceptorStanding.StorageLost, (await world.Node(1).StatusAsync()).Standing);
    }

    /// <returns>What a silo knows that knows the set after the move.</returns>
    private static async Task<AcceptorPeers> MoveAsync(PaxosWorld world, ImmutableArray<string> names)
    {
        foreach (var name in names.Where(name => !world.Nodes.ContainsKey(name)))
            world.AddNode(name);
        var peers = world.NewPeers();
        peers.Learn(await world.ChangeSetAsync(new AcceptorChange(names.RemoveRange(world.Set.Names), world.Set.Names.RemoveRange(names))));
        return peers;
    }

    private static async Task<AcceptorPeers> PeersAsync(PaxosWorld world, SetDriver driver)
    {
        var peers = world.NewPeers();
        peers.Learn((await driver.ProgressAsync()).Plan!.Set);
        return peers;
    }

    private static Task WriteAsync(PaxosWorld world, params string[] registers) => WriteAsync(world, world.NewPeers(), registers);

    private static async Task WriteAsync(PaxosWorld world, AcceptorPeers peers, params string[] registers)
    {
        foreach (var name in registers)
        {
            var register = world.NewRegister(name, peers);
            Assert.Equal(ChangeStatus.Applied, (await register.ChangeAsync(Requests.Set(name, floor: await register.FloorAsync()))).Status);
        }
    }

    private static async Task ReadAsync(PaxosWorld world, AcceptorPeers peers, params string[] registers)
    {
        foreach (var name in registers)
            Assert.Equal(name, (await world.NewRegister(name, peers).ReadAsync(ReadConsistency.Linearizable)).Text());
    }
}
