using Orleans.Paxos.Tests.World;
namespace Orleans.Paxos.Tests.Local;

public sealed class PauseTests
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_request_waits_for_the_end_of_the_pause()
    {
        await using var cluster = await Clusters.StartAsync();
        await cluster.ClientThrough("b").GetGrain<INearGrain>("one").WhereAsync();
        cluster.PauseSilo("b");
        var call = cluster.ClientThrough("a").GetGrain<INearGrain>("one").WhereAsync();
        await cluster.WorkElsewhereAsync("a");
        Assert.False(call.IsCompleted);
        cluster.ResumeSilo("b");
        Assert.Equal("b", await call);
    }

    [Fact]
    public async Task What_a_grain_waited_for_finds_it_standing_still()
    {
        await using var cluster = await Clusters.StartAsync();
        var (arrived, go, gone) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        var call = cluster.ClientThrough("b").GetGrain<INearGrain>("one").MeetAsync(arrived, go, gone);
        await Signals.WaitAsync(arrived);
        cluster.PauseSilo("b");
        Signals.Set(go);
        await cluster.WorkElsewhereAsync("a");
        Assert.False(Signals.IsSet(gone));
        Assert.False(call.IsCompleted);
        cluster.ResumeSilo("b");
        await call;
    }

    [Fact]
    public async Task Nothing_comes_or_goes_through_a_paused_gateway()
    {
        await using var cluster = await Clusters.StartAsync();
        var (arrived, go, gone) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        await cluster.ClientThrough("c").GetGrain<INearGrain>("one").WhereAsync();
        var inFlight = cluster.ClientThrough("b").GetGrain<INearGrain>("one").MeetAsync(arrived, go, gone);
        await Signals.WaitAsync(arrived);
        cluster.PauseSilo("b");
        Signals.Set(go);
        await Signals.WaitAsync(gone);
        var freshArrived = Signals.NewName();
        var fresh = cluster.ClientThrough("b").GetGrain<INearGrain>("one").MeetAsync(freshArrived, go, gone);
        Assert.Equal("c", await cluster.ClientThrough("a").GetGrain<INearGrain>("one").WhereAsync());
        await cluster.WorkElsewhereAsync("a");
        Assert.False(inFlight.IsCompleted);
        Assert.False(Signals.IsSet(freshArrived));
        cluster.ResumeSilo("b");
        await inFlight;
        await fresh;
    }

    [Fact]
    public async Task A_caller_gives_up_on_a_paused_silo_and_its_request_does_not_run_afterwards()
    {
        var time = new ManualTime();
        await using var cluster = await Clusters.StartAsync(time, ResponseTimeout);
        await cluster.ClientThrough("b").GetGrain<INearGrain>("one").WhereAsync();
        cluster.PauseSilo("b");
        var arrived = Signals.NewName();
        var call = cluster.ClientThrough("a").GetGrain<INearGrain>("one").MeetAsync(arrived, Signals.NewName(), Signals.NewName());
        time.Advance(ResponseTimeout * 2);
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        cluster.ResumeSilo("b");
        Assert.Equal("b", await cluster.ClientThrough("a").GetGrain<INearGrain>("one").WhereAsync());
        Assert.False(Signals.IsSet(arrived));
    }

    [Fact]
    public async Task What_was_held_by_a_pause_dies_with_the_silo()
    {
        await using var cluster = await Clusters.StartAsync();
        var (arrived, go, gone) = (Signals.NewName(), Signals.NewName(), Signals.NewName());
        _ = cluster.ClientThrough("b").GetGrain<INearGrain>("one").MeetAsync(arrived, go, gone);
        await Signals.WaitAsync(arrived);
        cluster.PauseSilo("b");
        Signals.Set(go);
        await cluster.KillSiloAsync("b");
        await cluster.StartSiloAsync("b");
        await cluster.WorkElsewhereAsync("b");
        Assert.False(Signals.IsSet(gone));
    }

    [Fact]
    public async Task A_paused_silo_is_not_stopped()
    {
        await using var cluster = await Clusters.StartAsync();
        cluster.PauseSilo("b");
        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.StopSiloAsync("b"));
        Assert.NotNull(cluster.ServicesOf("b"));
    }
}
