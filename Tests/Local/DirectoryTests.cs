namespace Orleans.Paxos.Tests.Local;

public sealed class DirectoryTests
{
    private static readonly GrainId One = GrainId.Create("listed", "one");

    [Fact]
    public async Task The_directory_of_a_grain_hears_of_its_activation_and_of_its_end()
    {
        var directory = new RecordingDirectory();
        await using var cluster = await Clusters.StartAsync(3, PinnedGrains.With(directory));
        var grain = cluster.ClientThrough("b").GetGrain<IListedGrain>("one");
        Assert.Equal("b", await grain.WhereAsync());
        var activation = await grain.ActivationAsync();
        Assert.Equal(activation, directory.Known[One].ActivationId.ToString());
        await grain.EndAsync();
        await Signals.WaitAsync($"{activation} unregistered");
        Assert.Equal("c", await cluster.ClientThrough("c").GetGrain<IListedGrain>("one").WhereAsync());
    }

    [Fact]
    public async Task What_the_directory_knows_is_where_the_call_goes()
    {
        var directory = new RecordingDirectory();
        await using var cluster = await Clusters.StartAsync(3, PinnedGrains.With(directory));
        Assert.Equal("a", await cluster.ClientThrough("a").GetGrain<IListedGrain>("known").WhereAsync());
        Assert.Equal("a", await cluster.ClientThrough("c").GetGrain<IListedGrain>("known").WhereAsync());
    }

    [Fact]
    public async Task Of_two_activations_the_one_the_directory_knows_takes_the_calls()
    {
        var directory = new RecordingDirectory();
        await using var cluster = await Clusters.StartAsync(3, PinnedGrains.With(directory));
        var first = await cluster.ClientThrough("a").GetGrain<IListedGrain>("raced").ActivationAsync();
        directory.LookupsFindNothing = true;
        for (var call = 0; call < 3; call++)
            Assert.Equal(first, await cluster.ClientThrough("b").GetGrain<IListedGrain>("raced").ActivationAsync());
    }

    [Fact]
    public async Task An_activation_on_a_dead_silo_is_forgotten_and_the_directory_hears_of_the_death()
    {
        var directory = new RecordingDirectory();
        await using var cluster = await Clusters.StartAsync(3, PinnedGrains.With(directory));
        Assert.Equal("a", await cluster.ClientThrough("a").GetGrain<IListedGrain>("moved").WhereAsync());
        Assert.Equal("a", await cluster.ClientThrough("b").GetGrain<IListedGrain>("moved").WhereAsync());
        var dead = directory.Known[GrainId.Create("listed", "moved")].SiloAddress;
        await cluster.KillSiloAsync("a");
        Assert.Equal([dead!], directory.Dead);
        Assert.Equal("b", await cluster.ClientThrough("b").GetGrain<IListedGrain>("moved").WhereAsync());
    }
}
