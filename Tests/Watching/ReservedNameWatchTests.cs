using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>Watches show the registers of sessions and locks only to those who ask for them.</summary>
public sealed class ReservedNameWatchTests
{
    private readonly PaxosWorld _world = new();

    [Fact]
    public async Task AWatchOfEverything_ShowsNoReservedNamesAndOneOfTheirPrefixDoes()
    {
        await _world.JoinAsync();
        await _world.WriteAsync("!sessions/1", "1");
        await _world.WriteAsync(" a", "1");
        var silo = new WatchingSilo(_world);
        var (all, sessions) = (silo.Watch(""), silo.Watch(ReservedNames.Sessions));
        await all.NextAsync();
        await sessions.NextAsync();
        Assert.Equal([" a=1"], all.Seen);
        Assert.Equal(["!sessions/1=1"], sessions.Seen);

        await _world.WriteAsync("!sessions/1", "2");
        await _world.WriteAsync("!locks/job", "1");
        await _world.WriteAsync("a", "1");
        await sessions.UntilAsync("!sessions/1=2");
        await all.UntilAsync("a=1");
        Assert.Equal([" a=1", "a=1"], all.Seen.Order(StringComparer.Ordinal));
        Assert.Equal(["!sessions/1=1", "!sessions/1=2"], sessions.Seen);
    }

    /// <summary>A cursor of another silo is answered from the feeds of the acceptors, not from what the silo has told.</summary>
    [Fact]
    public async Task AWatchThatGoesOnAtAnotherSilo_ShowsNoneEither()
    {
        await _world.JoinAsync();
        var watcher = new WatchingSilo(_world).Watch("");
        await watcher.NextAsync();
        await _world.WriteAsync("!sessions/1", "1", "2");
        await _world.WriteAsync("a", "1");
        watcher.MoveTo(new WatchingSilo(_world));
        await watcher.UntilAsync("a=1");
        Assert.Equal(["a=1"], watcher.Seen);
    }
}
