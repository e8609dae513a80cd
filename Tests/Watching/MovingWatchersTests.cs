using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>Watchers that move from silo to silo while feeds lag behind each other get every version.</summary>
public sealed class MovingWatchersTests
{
    private const int Silos = 3;
    private const int Movers = 6;
    private const int Registers = 4;
    private const int Writes = 200;

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task They_get_every_version_in_order(int seed)
    {
        var (world, random) = (new PaxosWorld(configure: static options => options.HistoryEntries = Writes), new Random(seed));
        await world.JoinAsync();
        List<WatchingSilo> silos = [.. Enumerable.Range(0, Silos).Select(_ => new WatchingSilo(world))];
        List<CheckedWatcher> staying = [.. silos.Select(silo => silo.Watch(""))];
        List<CheckedWatcher> moving = [.. Enumerable.Range(0, Movers).Select(number => silos[number % Silos].Watch(""))];
        await Task.WhenAll(staying.Concat(moving).Select(watcher => watcher.NextAsync()));
        foreach (var node in world.Nodes.Values)
            DelayFeed(node, new Random(random.Next()));

        var writing = WriteAllAsync(world);
        await Task.WhenAll([writing, .. staying.Select(UntilAllAsync), .. moving.Select(watcher => MoveUntilAllAsync(watcher, silos, new Random(random.Next())))]);
        Assert.All(staying.Concat(moving), watcher => Assert.Equal((1, Writes), (watcher.Begun, watcher.Seen.Count)));
    }

    private static void DelayFeed(AcceptorNode node, Random random) => node.OnReply = reply =>
        reply is FeedReply && random.Next(3) == 0 ? Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 20)), TimeProvider.System) : Task.CompletedTask;

    private static async Task WriteAllAsync(PaxosWorld world)
    {
        for (var number = 0; number < Writes; number++)
            await world.WriteAsync($"r{number % Registers}", $"{number}");
    }

    private static Task UntilAllAsync(CheckedWatcher watcher) => watcher.UntilAsync(() => watcher.Seen.Count >= Writes);

    private static Task MoveUntilAllAsync(CheckedWatcher watcher, List<WatchingSilo> silos, Random random) => watcher.UntilAsync(() =>
    {
        watcher.MoveTo(silos[random.Next(silos.Count)]);
        return watcher.Seen.Count >= Writes;
    });
}
