using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>A target with one ordinary persistent grain for each register.</summary>
/// <param name="grains">Creates grain references.</param>
internal sealed class PlainGrainTarget(IGrainFactory grains) : ILoadTarget
{
    public string Name => "plain grain";

    public Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken) =>
        grains.GetGrain<IPlainGrain>(register).WriteAsync(value).WaitAsync(cancellationToken);

    /// <summary>Reads the grain's memory for either consistency, because it is the only copy.</summary>
    public async Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken)
    {
        var value = await grains.GetGrain<IPlainGrain>(register).ReadAsync().WaitAsync(cancellationToken);
        if (value.Bytes.Length == 0)
            throw new InvalidOperationException($"'{register}' has no value, although one was written.");
    }

    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A plain grain cannot be watched.");
}
