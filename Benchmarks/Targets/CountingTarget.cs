using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>Counts the acknowledged writes, including those of warm-ups.</summary>
/// <param name="inner">The target that does the work.</param>
internal sealed class CountingTarget(ILoadTarget inner) : ILoadTarget
{
    private long _writes;

    public string Name => inner.Name;

    /// <summary>The number of acknowledged writes.</summary>
    public long Writes => Volatile.Read(ref _writes);

    public async Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
    {
        await inner.WriteAsync(register, value, cancellationToken);
        Interlocked.Increment(ref _writes);
    }

    public Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken) =>
        inner.ReadAsync(register, linearizable, cancellationToken);

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        inner.WatchAsync(register, seen, cancellationToken);

    public Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        inner.WatchPrefixAsync(prefix, listing, seen, cancellationToken);
}
