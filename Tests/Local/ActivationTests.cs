using Orleans.Configuration;
using Orleans.Paxos.Tests.World;
namespace Orleans.Paxos.Tests.Local;

public sealed class ActivationTests
{
    [Fact]
    public async Task A_failure_to_start_reaches_those_who_wait_and_the_next_call_tries_again()
    {
        await using var cluster = await Clusters.StartAsync(1);
        FragileGrain.FailuresLeft["fragile"] = 1;
        var grain = cluster.Client.GetGrain<IFragileGrain>("fragile");
        var error = await Assert.ThrowsAsync<MarkedException>(() => grain.WhereAsync());
        Assert.Equal("not yet", error.Detail);
        Assert.Equal("a", await grain.WhereAsync());
    }

    [Fact]
    public async Task A_grain_that_asks_for_its_end_ends_after_its_requests_and_begins_anew()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var grain = cluster.Client.GetGrain<INearGrain>("asked");
        var first = await grain.ActivationAsync();
        await grain.EndAsync();
        Assert.NotEqual(first, await grain.ActivationAsync());
        await Signals.WaitAsync("asked ended: ApplicationRequested");
    }

    [Fact]
    public async Task An_idle_activation_ends_at_its_age_and_not_before()
    {
        var time = new ManualTime();
        await using var cluster = await Clusters.StartAsync(time, TimeSpan.FromSeconds(30), 1);
        var grain = cluster.Client.GetGrain<IAgingGrain>("aging");
        var first = await grain.ActivationAsync();
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, await grain.ActivationAsync());
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(first, await grain.ActivationAsync());
        time.Advance(TimeSpan.FromMinutes(7));
        await Signals.WaitAsync("aging ended: ActivationIdle");
        Assert.NotEqual(first, await grain.ActivationAsync());
    }

    [Fact]
    public async Task An_activation_whose_class_has_no_age_ends_at_the_age_of_the_options()
    {
        var time = new ManualTime();
        await using var cluster = await Clusters.StartAsync(1, builder =>
        {
            builder.TimeProvider = time;
            builder.ConfigureSilo((_, silo) => silo.Configure<GrainCollectionOptions>(options =>
                (options.CollectionQuantum, options.CollectionAge) = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40))));
        });
        var grain = cluster.Client.GetGrain<INearGrain>("optional");
        var first = await grain.ActivationAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(first, await grain.ActivationAsync());
        time.Advance(TimeSpan.FromSeconds(70));
        Assert.NotEqual(first, await grain.ActivationAsync());
    }

    [Fact]
    public async Task An_activation_that_is_kept_does_not_age()
    {
        var time = new ManualTime();
        await using var cluster = await Clusters.StartAsync(time, TimeSpan.FromSeconds(30), 1);
        var (ageless, delayed) = (cluster.Client.GetGrain<IAgelessGrain>("kept"), cluster.Client.GetGrain<IAgingGrain>("delayed"));
        var first = await ageless.ActivationAsync();
        await delayed.DelayAsync(TimeSpan.FromHours(1));
        var firstDelayed = await delayed.ActivationAsync();
        time.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(first, await ageless.ActivationAsync());
        Assert.Equal(firstDelayed, await delayed.ActivationAsync());
    }

    [Fact]
    public async Task A_duplicate_activation_is_another_one_that_only_its_reference_reaches()
    {
        await using var cluster = await Clusters.StartAsync();
        var grain = cluster.Client.GetGrain<INearGrain>("twice");
        var first = await grain.ActivationAsync();
        var duplicate = cluster.CreateDuplicateActivation<INearGrain>("b", "twice");
        var second = await duplicate.ActivationAsync();
        Assert.NotEqual(first, second);
        Assert.Equal("b", await duplicate.WhereAsync());
        Assert.Equal(second, await duplicate.ActivationAsync());
        Assert.Equal(first, await grain.ActivationAsync());
        Assert.Equal(grain.GetGrainId(), duplicate.GetGrainId());
    }

    [Fact]
    public async Task A_duplicate_that_has_ended_takes_no_calls()
    {
        await using var cluster = await Clusters.StartAsync();
        var duplicate = cluster.CreateDuplicateActivation<INearGrain>("b", "short-lived");
        await duplicate.EndAsync();
        await Signals.WaitAsync("short-lived ended: ApplicationRequested");
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(async () =>
        {
            // Between its farewell and its end it may still take one.
            while (true)
                await duplicate.ActivationAsync();
        });
    }

    [Fact]
    public async Task A_stop_ends_duplicates_too()
    {
        await using var cluster = await Clusters.StartAsync();
        await cluster.CreateDuplicateActivation<INearGrain>("b", "stray").WhereAsync();
        cluster.CreateDuplicateActivation<INearGrain>("b", "unused");
        await cluster.StopSiloAsync("b");
        Assert.True(Signals.IsSet("stray ended: ShuttingDown"));
        Assert.False(Signals.IsSet("unused ended: ShuttingDown"));
    }
}
