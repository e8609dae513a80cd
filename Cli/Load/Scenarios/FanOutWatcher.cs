using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>One watcher of watch-fan-out or watch-prefix. It must be told the versions of each register once and in order.</summary>
internal sealed class FanOutWatcher(FanOutSubject subject, FanOutStamps stamps, ClientRecord record)
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long[] _newest = new long[subject.Registers.Count];
    private bool _listing;
    private long _seen;

    /// <summary>A task that completes when the watcher has seen the first version of this run, and fails when the watch ends earlier.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The number of versions it has seen after the first.</summary>
    public long Seen => Volatile.Read(ref _seen);

    /// <summary>Watches until the token is canceled.</summary>
    /// <exception cref="Exception">The watch ended by itself after it was ready.</exception>
    public async Task RunAsync(ILoadTarget target, CancellationToken cancellationToken)
    {
        try
        {
            await subject.WatchAsync(target, Listing, (register, version, value) => See(register, version, value.Span), cancellationToken);
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

    /// <summary>Notes that the current versions begin, or that they have ended. If they begin later than at the start, versions may have been passed over.</summary>
    private void Listing(bool begins)
    {
        if (begins && _ready.Task.IsCompleted)
            record.Failed(new InvalidDataException("A watch began again with the current versions."));
        _listing = begins;
    }

    private void See(string register, long version, ReadOnlySpan<byte> value)
    {
        if (subject.NumberOf(register) is not { } number)
            return;
        ref var newest = ref _newest[number];
        if (_listing && version == newest)
            return;
        if (version <= newest)
        {
            record.Failed(new InvalidDataException($"Version {version} of '{register}' came after version {newest}."));
            return;
        }

        newest = version;
        if (stamps.Read(value) is not { } stamp)
            return;
        _ready.TrySetResult();
        if (stamp.Number == 0)
            return;
        record.Succeeded(stamp.SentAt);
        Volatile.Write(ref _seen, _seen + 1);
    }
}
