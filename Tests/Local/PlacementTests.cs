namespace Orleans.Paxos.Tests.Local;

public sealed class PlacementTests
{
    [Fact]
    public async Task Without_a_strategy_any_silo_is_chosen_and_kept()
    {
        await using var cluster = await Clusters.StartAsync();
        var silos = new HashSet<string>();
        for (var number = 0; silos.Count < 3; number++)
        {
            Assert.True(number < 1000, $"Only {string.Join(", ", silos)} were chosen.");
            var key = $"key {number}";
            var silo = await cluster.ClientThrough("a").GetGrain<IWhereGrain>(key, typeof(WhereGrain).FullName).WhereAsync();
            Assert.Equal(silo, await cluster.ClientThrough("b").GetGrain<IWhereGrain>(key, typeof(WhereGrain).FullName).WhereAsync());
            silos.Add(silo);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    public async Task Local_placement_takes_the_silo_that_is_called_first(string silo)
    {
        await using var cluster = await Clusters.StartAsync();
        Assert.Equal(silo, await cluster.ClientThrough(silo).GetGrain<INearGrain>("one").WhereAsync());
        Assert.Equal(silo, await cluster.ClientThrough("b").GetGrain<INearGrain>("one").WhereAsync());
        var worker = cluster.ClientThrough(silo).GetGrain<ILocalWorkerGrain>("any");
        Assert.Equal(silo, await worker.WhereIsAsync("two"));
        Assert.Equal(silo, await cluster.Client.GetGrain<INearGrain>("two").WhereAsync());
    }

    [Fact]
    public async Task A_stateless_worker_is_active_on_every_silo_that_is_called()
    {
        await using var cluster = await Clusters.StartAsync();
        foreach (var silo in cluster.SiloNames)
            Assert.Equal(silo, await cluster.ClientThrough(silo).GetGrain<ILocalWorkerGrain>("any").WhereAsync());
    }

    [Fact]
    public async Task A_busy_stateless_worker_gets_as_many_activations_as_allowed()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var worker = cluster.Client.GetGrain<IPairGrain>("any");
        var go = Signals.NewName();
        var arrivals = Enumerable.Range(0, 3).Select(_ => Signals.NewName()).ToList();
        var calls = new List<Task>();
        foreach (var arrived in arrivals)
            calls.Add(worker.MeetAsync(arrived, go, Signals.NewName()));
        await Signals.WaitAsync(arrivals[0]);
        await Signals.WaitAsync(arrivals[1]);
        await cluster.WorkElsewhereAsync("a");
        Assert.False(Signals.IsSet(arrivals[2]));
        Signals.Set(go);
        await Task.WhenAll(calls);
        Assert.True(Signals.IsSet(arrivals[2]));
    }

    [Fact]
    public async Task A_director_of_the_applications_own_is_asked()
    {
        await using var cluster = await Clusters.StartAsync(3, PinnedGrains.Add);
        foreach (var silo in cluster.SiloNames)
            Assert.Equal(silo, await cluster.Client.GetGrain<INamedSiloGrain>(silo).WhereAsync());
    }

    [Fact]
    public async Task A_directors_exception_reaches_the_caller_as_it_is()
    {
        await using var cluster = await Clusters.StartAsync(3, PinnedGrains.Add);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Client.GetGrain<INamedSiloGrain>("z").WhereAsync());
        Assert.Equal("No silo z.", error.Message);
    }

    [Fact]
    public async Task A_strategy_without_a_director_is_named()
    {
        await using var cluster = await Clusters.StartAsync(1);
        var error = await Assert.ThrowsAsync<OrleansException>(() => cluster.Client.GetGrain<INamedSiloGrain>("a").WhereAsync());
        Assert.Contains(nameof(NamedSiloPlacement), error.Message);
    }
}
