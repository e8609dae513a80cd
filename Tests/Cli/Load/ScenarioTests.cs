using System.Text;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;

namespace Orleans.Paxos.Tests.Cli.Load;

public sealed class ScenarioTests
{
    private readonly OperationTime _time = new();
    private readonly FakeTarget _target;

    public ScenarioTests() => _target = FakeTarget.Taking(_time.Advance, _ => TimeSpan.FromMicroseconds(100));

    public static TheoryData<string> All => [.. ScenarioCatalog.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_name_has_its_scenario(string name) => Assert.Equal(name, ScenarioCatalog.Create(name).Name);

    [Fact]
    public void A_name_that_is_none_is_refused_with_those_that_are() =>
        Assert.Contains("write-spread", Assert.Throws<ArgumentException>(() => ScenarioCatalog.Create("write")).Message);

    [Theory]
    [InlineData("write-spread", 100)]
    [InlineData("write-hot", 1)]
    [InlineData("read-linearizable", 100)]
    [InlineData("read-stale", 100)]
    [InlineData("mixed", 100)]
    [InlineData("first-write", 0)]
    [InlineData("watch-fan-out", 1)]
    [InlineData("watch-prefix", 100)]
    public async Task Preparing_writes_each_register_that_is_needed_once(string name, int registers)
    {
        await ScenarioCatalog.Create(name, Small).PrepareAsync(_target, null, TestContext.Current.CancellationToken);
        Assert.Equal(registers, _target.Writes.Count);
        Assert.Equal(registers, _target.Writes.DistinctBy(write => write.Register).Count());
    }

    [Fact]
    public async Task Preparing_has_a_limit_of_writes_at_once_and_tells_how_far_it_is()
    {
        var target = new FakeTarget { Operation = async (_, _) => await Task.Yield() };
        var told = new System.Collections.Concurrent.ConcurrentBag<(int, int)>();
        await ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small with { PrepareClients = 3 }).PrepareAsync(
            target, (done, total) => told.Add((done, total)), TestContext.Current.CancellationToken);
        Assert.InRange(target.MostAtOnce, 1, 3);
        Assert.Equal(Enumerable.Range(1, 100).Select(done => (done, 100)), told.Order());
    }

    [Fact]
    public async Task Preparing_fails_as_the_write_that_fails()
    {
        var target = new FakeTarget { Operation = (number, _) => number == 7 ? Task.FromException(new TimeoutException("seven")) : Task.CompletedTask };
        Assert.Equal("seven", (await Assert.ThrowsAsync<TimeoutException>(() => ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small).PrepareAsync(target))).Message);
    }

    [Fact]
    public async Task Registers_that_scenarios_share_are_prepared_once()
    {
        var preparation = new Preparation(_target);
        foreach (var name in ScenarioCatalog.Names)
            await preparation.EnsureAsync(ScenarioCatalog.Create(name, Small), null, TestContext.Current.CancellationToken);
        Assert.Equal(100 + 1 + 1 + 100, _target.Writes.Count);
    }

    [Theory]
    [InlineData("read-linearizable", true)]
    [InlineData("read-stale", false)]
    public async Task Reads_read_what_was_prepared_with_their_consistency(string name, bool linearizable)
    {
        var scenario = ScenarioCatalog.Create(name, Small);
        await scenario.PrepareAsync(_target, null, TestContext.Current.CancellationToken);
        var prepared = _target.Writes.Select(write => write.Register).ToHashSet();
        await RunAsync(scenario);
        Assert.Equal(100, _target.Writes.Count);
        Assert.Equal(prepared, _target.Reads.Select(read => read.Register).ToHashSet());
        Assert.All(_target.Reads, read => Assert.Equal(linearizable, read.Linearizable));
    }

    [Fact]
    public async Task Write_spread_writes_all_registers_and_reads_none()
    {
        await RunAsync(ScenarioCatalog.Create(ScenarioCatalog.WriteSpread, Small));
        Assert.Equal(100, _target.Writes.DistinctBy(write => write.Register).Count());
        Assert.Empty(_target.Reads);
    }

    [Fact]
    public async Task Write_hot_writes_one_register()
    {
        await RunAsync(ScenarioCatalog.Create(ScenarioCatalog.WriteHot, Small), clients: 4);
        Assert.Single(_target.Writes.DistinctBy(write => write.Register));
    }

    [Fact]
    public async Task Mixed_has_a_tenth_of_writes()
    {
        await RunAsync(ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small));
        Assert.Equal(10_000, _target.Operations);
        Assert.InRange(_target.Writes.Count, 900, 1_100);
        Assert.All(_target.Reads, read => Assert.True(read.Linearizable));
    }

    [Fact]
    public async Task First_write_never_writes_a_register_twice_not_even_in_another_run()
    {
        await RunAsync(ScenarioCatalog.Create(ScenarioCatalog.FirstWrite, Small), clients: 8);
        var first = ScenarioCatalog.Create(ScenarioCatalog.FirstWrite, Small);
        await RunAsync(first);
        await RunAsync(first);
        Assert.Equal(_target.Writes.Count, _target.Writes.DistinctBy(write => write.Register).Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Names_have_32_bytes_below_the_prefix_and_values_their_size(string name)
    {
        var scenario = ScenarioCatalog.Create(name, Small with { ValueBytes = 100, Prefix = "grün/" });
        await scenario.PrepareAsync(_target, null, TestContext.Current.CancellationToken);
        if (scenario.FixedClients is null)
            await RunAsync(scenario);
        Assert.All(_target.Writes, write =>
        {
            Assert.StartsWith("grün/", write.Register);
            Assert.Equal(32, Encoding.UTF8.GetByteCount(write.Register));
            Assert.Equal(100, write.Value.Length);
        });
        Assert.All(_target.Reads, read => Assert.StartsWith("grün/", read.Register));
    }

    [Fact]
    public async Task The_same_seed_does_the_same()
    {
        var other = FakeTarget.Taking(_time.Advance, _ => TimeSpan.FromMicroseconds(100));
        await RunAsync(ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small));
        await RunAsync(ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small), other);
        Assert.Equal(_target.Reads, other.Reads);
        Assert.Equal(_target.Writes.Select(write => write.Register), other.Writes.Select(write => write.Register));
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small with { Registers = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small with { ValueBytes = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small with { Watchers = 0 }));
        Assert.Contains("'!x/'", Assert.Throws<ArgumentException>(() => ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small with { Prefix = "!x/" })).Message);
        Assert.Contains("limit is 256", Assert.Throws<ArgumentException>(() => ScenarioCatalog.Create(ScenarioCatalog.Mixed, Small with { Prefix = new string('p', 230) })).Message);
    }

    private static ScenarioOptions Small => new() { Registers = 100, Watchers = 5 };

    private Task RunAsync(Scenario scenario, FakeTarget? target = null, int clients = 1) =>
        ClosedLoop.RunAsync(scenario, target ?? _target, new LoadPlan(clients, TimeSpan.Zero, TimeSpan.FromSeconds(1)) { Time = _time });
}
