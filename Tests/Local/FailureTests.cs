using Orleans.Paxos.Tests.World;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Paxos.Tests.Local;

public sealed class FailureTests
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_call_in_flight_to_a_killed_silo_ends_with_the_response_timeout()
    {
        var time = new ManualTime();
        await using var cluster = await Clusters.StartAsync(time, ResponseTimeout);
        var (arrived, go, gone) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        Assert.Equal("b", await cluster.ClientThrough("b").GetGrain<INearGrain>("one").WhereAsync());
        var call = cluster.ClientThrough("a").GetGrain<INearGrain>("one").MeetAsync(arrived, go, gone);
        await Signals.WaitAsync(arrived);
        await cluster.KillSiloAsync("b");
        Signals.Set(go);
        await cluster.WorkElsewhereAsync("a");
        Assert.False(Signals.IsSet(gone));
        time.Advance(ResponseTimeout - TimeSpan.FromSeconds(1));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task A_killed_silos_grains_are_placed_anew_without_a_farewell()
    {
        await using var cluster = await Clusters.StartAsync();
        Assert.Equal("b", await cluster.ClientThrough("b").GetGrain<INearGrain>("killed").WhereAsync());
        await cluster.KillSiloAsync("b");
        Assert.Equal("c", await cluster.ClientThrough("c").GetGrain<INearGrain>("killed").WhereAsync());
        Assert.False(Signals.IsSet("killed ended: ShuttingDown"));
    }

    [Fact]
    public async Task A_stopped_silos_grains_say_farewell_and_are_placed_anew()
    {
        await using var cluster = await Clusters.StartAsync();
        Assert.Equal("b", await cluster.ClientThrough("b").GetGrain<INearGrain>("stopped").WhereAsync());
        await cluster.StopSiloAsync("b");
        Assert.True(Signals.IsSet("stopped ended: ShuttingDown"));
        Assert.Equal("c", await cluster.ClientThrough("c").GetGrain<INearGrain>("stopped").WhereAsync());
    }

    [Fact]
    public async Task A_stop_waits_for_requests_until_it_is_hurried()
    {
        await using var cluster = await Clusters.StartAsync();
        var (arrived, go) = (Signals.NewName(), Signals.NewName());
        _ = cluster.ClientThrough("b").GetGrain<INearGrain>("busy").MeetAsync(arrived, go, Signals.NewName());
        await Signals.WaitAsync(arrived);
        using var hurry = new CancellationTokenSource();
        var stop = cluster.StopSiloAsync("b", hurry.Token);
        await cluster.WorkElsewhereAsync("a");
        Assert.False(stop.IsCompleted);
        Assert.False(Signals.IsSet("busy ended: ShuttingDown"));
        hurry.Cancel();
        await stop;
        Assert.True(Signals.IsSet("busy ended: ShuttingDown"));
    }

    [Fact]
    public async Task A_call_through_a_gateway_that_is_not_there_fails_at_once()
    {
        await using var cluster = await Clusters.StartAsync();
        var through = cluster.ClientThrough("b").GetGrain<ILocalWorkerGrain>("any");
        await cluster.KillSiloAsync("b");
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => through.WhereAsync());
        Assert.Contains("'b'", error.Message);
        await cluster.StartSiloAsync("b");
        Assert.Equal("b", await through.WhereAsync());
    }

    [Fact]
    public async Task A_dead_silos_own_calls_fail()
    {
        await using var cluster = await Clusters.StartAsync();
        var grains = cluster.ServicesOf("b").GetRequiredService<IGrainFactory>();
        await cluster.KillSiloAsync("b");
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grains.GetGrain<INearGrain>("one").WhereAsync());
        Assert.Throws<InvalidOperationException>(() => cluster.ServicesOf("b"));
    }

    [Fact]
    public async Task A_silo_starts_again_as_another_run_of_the_same_name()
    {
        await using var cluster = await Clusters.StartAsync();
        var before = cluster.ServicesOf("b").GetRequiredService<ILocalSiloDetails>();
        var address = before.SiloAddress;
        await cluster.KillSiloAsync("b");
        await cluster.StartSiloAsync("b");
        var oracle = cluster.ServicesOf("a").GetRequiredService<ISiloStatusOracle>();
        var after = cluster.ServicesOf("b").GetRequiredService<ILocalSiloDetails>();
        Assert.Equal("b", after.Name);
        Assert.Equal(address.Endpoint, after.SiloAddress.Endpoint);
        Assert.True(after.SiloAddress.Generation > address.Generation);
        Assert.True(oracle.IsDeadSilo(address));
        Assert.Equal(SiloStatus.Active, oracle.GetApproximateSiloStatus(after.SiloAddress));
        Assert.Equal(3, oracle.GetApproximateSiloStatuses(onlyActive: true).Count);
    }

    [Fact]
    public async Task Services_are_disposed_with_their_silo_and_not_with_another()
    {
        var disposed = new List<string>();
        await using var cluster = await Clusters.StartAsync(2, builder =>
            builder.ConfigureSilo((name, silo) => silo.Services.AddSingleton(_ => new Held(name, disposed))));
        foreach (var silo in cluster.SiloNames)
            cluster.ServicesOf(silo).GetRequiredService<Held>();
        await cluster.KillSiloAsync("a");
        Assert.Equal(["a"], disposed);
    }

    [Fact]
    public async Task A_background_loop_that_waits_for_a_grain_does_not_hold_up_its_silos_death()
    {
        await using var cluster = await Clusters.StartAsync(2);
        var (arrived, go) = (Signals.NewName(), Signals.NewName());
        var waiting = cluster.ServicesOf("a").GetRequiredService<IGrainFactory>()
            .GetGrain<ILocalWorkerGrain>("any").MeetAsync(arrived, go, Signals.NewName());
        await Signals.WaitAsync(arrived);
        await cluster.KillSiloAsync("a");
        await Assert.ThrowsAsync<SiloUnavailableException>(() => waiting);
    }

    private sealed class Held(string silo, List<string> disposed) : IDisposable
    {
        public void Dispose() => disposed.Add(silo);
    }
}
