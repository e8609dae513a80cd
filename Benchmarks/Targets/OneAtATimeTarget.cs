using System.Collections.Concurrent;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>
/// Sends the writes of each register one after another, so that they are not combined and each one is a separate proposal.
/// It shows what the registers would do without batching.
/// </summary>
/// <param name="inner">The target that does the work.</param>
internal sealed class OneAtATimeTarget(ILoadTarget inner) : ILoadTarget
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    public string Name => $"{inner.Name}, unbatched";

    public async Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(register, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(register, value, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) =>
        inner.ReadAsync(register, linearizable, cancellationToken);

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        inner.WatchAsync(register, seen, cancellationToken);

    public Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        inner.WatchPrefixAsync(prefix, listing, seen, cancellationToken);
}
