using System.Net;
using System.Text;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;
using Orleans.Paxos.Tests.Http;

namespace Orleans.Paxos.Tests.Cli.Load;

/// <summary>Both targets with registers in memory.</summary>
public sealed class TargetTests : IAsyncLifetime
{
    private readonly HttpHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_is_in_the_register(bool http)
    {
        await Target(http).WriteAsync("a b/../grün%2F", "x"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal("x"u8.ToArray(), (await _host.Registers.ReadAsync("a b/../grün%2F"))!.Value);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public async Task A_read_has_the_consistency_asked_for(bool http, bool linearizable)
    {
        await _host.Registers.ChangeAsync("a", Change.Set([1]));
        await Target(http).ReadAsync("a", linearizable, TestContext.Current.CancellationToken);
        Assert.Equal(linearizable ? ReadConsistency.Linearizable : ReadConsistency.Stale, _host.Registers.LastConsistency);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_of_nothing_is_an_error(bool http)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Target(http).ReadAsync("never", true, TestContext.Current.CancellationToken));
        await _host.Registers.ChangeAsync("deleted", Change.Set([1]));
        await _host.Registers.ChangeAsync("deleted", Change.Delete());
        await Assert.ThrowsAnyAsync<Exception>(() => Target(http).ReadAsync("deleted", true, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_http_error_has_its_status_and_what_the_server_says()
    {
        _host.Registers.Failure = new QuorumUnavailableException(["a1"], 2);
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => Target(http: true).WriteAsync("a", [], TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, exception.StatusCode);
        Assert.Contains("quorum-unavailable", exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_watch_sees_every_version_and_its_value(bool http)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        byte[][] values = ["text"u8.ToArray(), [0, 255, 128], []];
        var seen = new List<(long, string)>();
        await _host.Registers.ChangeAsync("a", Change.Set(values[0]));
        var watch = Target(http).WatchAsync("a", See, stop.Token);
        await _host.Registers.ChangeAsync("a", Change.Set(values[1]));
        await _host.Registers.ChangeAsync("a", Change.Set(values[2]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch);
        Assert.Equal(values.Select((value, index) => (index + 1L, Convert.ToHexString(value))), seen);

        void See(long version, ReadOnlyMemory<byte> value)
        {
            seen.Add((version, Convert.ToHexString(value.Span)));
            if (version == values.Length)
                stop.Cancel();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_run_of_watchers_of_a_prefix_loses_nothing(bool http)
    {
        var scenario = ScenarioCatalog.Create(ScenarioCatalog.WatchPrefix, new ScenarioOptions { Registers = 20, Watchers = 8, VersionsPerSecond = 50 });
        await scenario.PrepareAsync(Target(http: true), progress: null, TestContext.Current.CancellationToken);
        var plan = new LoadPlan(1, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        var measurement = await ClosedLoop.RunAsync(scenario, Target(http), plan, progress: null, TestContext.Current.CancellationToken);
        Assert.Empty(measurement.Errors);
        Assert.InRange(measurement.Operations, 1, (_host.Registers.Changes - 21) * 8);
    }

    [Fact]
    public async Task A_whole_run_over_http_loses_nothing()
    {
        _host.Options.MaxValueBytes = 1_000;
        var scenario = ScenarioCatalog.Create(ScenarioCatalog.WatchFanOut, new ScenarioOptions { Watchers = 8, VersionsPerSecond = 50 });
        var plan = new LoadPlan(1, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        var measurement = await ClosedLoop.RunAsync(scenario, Target(http: true), plan, progress: null, TestContext.Current.CancellationToken);
        Assert.Empty(measurement.Errors);
        Assert.InRange(measurement.Operations, 1, (_host.Registers.Changes - 1) * 8);
        Assert.True((await _host.Registers.HistoryAsync("bench/watched/00000000000000000")).All(entry => Encoding.UTF8.GetString(entry.Value).Length == 256));
    }

    private ILoadTarget Target(bool http) => http ? new HttpTarget(_host.Client, _host.Client.BaseAddress!) : new RegisterTarget(_host.Registers);
}
