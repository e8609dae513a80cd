using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>One watcher of watch-fan-out.</summary>
internal sealed class FanOutWatcher(FanOutStamps stamps, ClientRecord record)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _newest;
    private long _seen;

    /// <summary>A task that completes when the watcher has seen the first version of this run, and fails when the watch ends earlier.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The number of versions it has seen after the first.</summary>
    public long Seen => Volatile.Read(ref _seen);

    /// <summary>Watches until the token is canceled.</summary>
    /// <exception cref="Exception">The watch ended by itself after it was ready.</exception>
    public async Task RunAsync(ILoadTarget target, string register, CancellationToken cancellationToken)
    {
        try
        {
            await target.WatchAsync(register, (version, value) => See(version, value.Span), cancellationToken);
            throw new EndOfStreamException("A watch ended by itself.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _ready.TrySetCanceled(cancellationToken);
        }
        catch (Exception exception)
        {
            if (!_ready.TrySetException(exception))
                throw;
        }
    }

    private void See(long version, ReadOnlySpan<byte> value)
    {
        if (version <= _newest)
            return;
        _newest = version;
        if (stamps.Read(value) is not { } stamp)
            return;
        _ready.TrySetResult();
        if (stamp.Number == 0)
            return;
        record.Succeeded(stamp.SentAt);
        Volatile.Write(ref _seen, _seen + 1);
    }
}
