using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Acceptors;

public sealed class HistoryTests
{
    [Theory]
    [InlineData(10, 0), InlineData(10, 4096), InlineData(1000, 4096), InlineData(30_000, 4096), InlineData(200_000, 4096)]
    [InlineData(10, 0, true), InlineData(1000, 0, true), InlineData(30_000, 0, true), InlineData(200_000, 0, true)]
    public async Task The_history_holds_the_newest_entries_within_its_limits(int valueBytes, int replacedBytesInRecord, bool inOneCommit = false)
    {
        var world = new PaxosWorld(3, options => options.ReplacedBytesInRecord = replacedBytesInRecord, inOneCommit: inOneCommit);
        var register = world.NewRegister("r");
        for (var version = 1; version <= 40; version++)
        {
            await register.ChangeAsync(Requests.New(Change.Set(Value(version, valueBytes)), floor: version - 1));
            if (version % 10 == 0)
                Array.ForEach([.. world.Nodes.Values], node => node.Restart());
        }

        var history = await world.NewRegister("r").HistoryAsync();
        var kept = Math.Clamp(world.Options.HistoryBytes / valueBytes, 1, world.Options.HistoryEntries);
        Assert.Equal(Enumerable.Range(40 - kept + 1, kept), history.Select(entry => (int)entry.Version));
        Assert.All(history, entry => Assert.Equal(Value((int)entry.Version, valueBytes), entry.Value));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task An_acceptor_that_missed_versions_does_not_leave_a_hole_in_the_history(bool inOneCommit)
    {
        var world = new PaxosWorld(inOneCommit: inOneCommit);
        await world.JoinAsync();
        var register = world.NewRegister("r");
        for (var version = 1; version <= 12; version++)
        {
            Array.ForEach([.. world.Nodes.Values], node => node.Down = false);
            world.Node((version % 3) + 1).Down = true;
            await register.ChangeAsync(Requests.Set($"{version}", floor: version - 1));
        }

        foreach (var down in world.Nodes.Values)
        {
            Array.ForEach([.. world.Nodes.Values], node => node.Down = ReferenceEquals(node, down));
            var history = await world.NewRegister("r").HistoryAsync();
            Assert.Equal(Enumerable.Range(1, 12).Select(version => $"{version}"), history.Select(entry => entry.Text()));
        }
    }

    [Fact]
    public async Task The_cost_of_a_write_does_not_grow_with_the_history()
    {
        var world = new PaxosWorld(1, options => options.ReplacedBytesInRecord = 1024);
        var register = world.NewRegister("r");
        for (var version = 1; version <= 200; version++)
            await register.ChangeAsync(Requests.New(Change.Set(new byte[500]), floor: version - 1));
        Assert.InRange(world.Node(1).Storage.LargestRecordBytes("register"), 1, 500 + 1024 + 500 + 1024);
    }

    [Fact]
    public async Task With_a_log_a_write_is_one_durable_write_of_a_record_that_holds_no_history()
    {
        var world = new PaxosWorld(1, inOneCommit: true);
        var storage = world.Node(1).Storage;
        var register = world.NewRegister("r");
        await register.ChangeAsync(Requests.New(Change.Set(new byte[500])));
        for (var version = 2; version <= 40; version++)
        {
            var before = storage.Writes;
            await register.ChangeAsync(Requests.New(Change.Set(new byte[500]), floor: version - 1));
            Assert.Equal(1, storage.Writes - before);
        }

        Assert.Equal(["identity", "register"], storage.StateNames.Order());
        Assert.InRange(storage.LargestRecordBytes("register"), 500, 500 + 500);
    }

    [Fact]
    public async Task Chunks_that_left_the_history_are_removed()
    {
        var world = new PaxosWorld(1, options => options.ReplacedBytesInRecord = 0);
        var register = world.NewRegister("r");
        for (var version = 1; version <= 100; version++)
            await register.ChangeAsync(Requests.Set($"{version}", floor: version - 1));
        Assert.InRange(world.Node(1).Storage.StateNames.Count(name => name.StartsWith("history-", StringComparison.Ordinal)), 15, 17);
    }

    private static byte[] Value(int version, int bytes)
    {
        var value = new byte[bytes];
        Array.Fill(value, (byte)version);
        return value;
    }
}
