using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>A silo's reader of the feeds, without a runtime.</summary>
internal sealed class WatchingSilo
{
    private readonly TurnScheduler _turns = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly PrefixReader _reader;

    public WatchingSilo(PaxosWorld world) =>
        _reader = new PrefixReader(world.NewPeers(), world.NewProposer().ProposeAsync, world.Options, UniqueId.New(), _stopping.Token);

    public Task<PrefixBatch> AskAsync(string prefix, string cursor) =>
        _turns.RunAsync(() => _reader.WatchAsync(prefix, cursor, TimeSpan.FromMilliseconds(100)));

    public CheckedWatcher Watch(string prefix) => new(this, prefix);

    /// <summary>Ends when all that was asked before waits for something.</summary>
    public Task SettleAsync() => _turns.RunAsync(() => Task.FromResult(true));

    /// <summary>Begins to stop, as a silo does that is shut down.</summary>
    public Task StopAsync() => _turns.RunAsync(async () =>
    {
        await _stopping.CancelAsync();
        return true;
    });
}
