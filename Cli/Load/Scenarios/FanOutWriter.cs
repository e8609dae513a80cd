using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Writes the versions of watch-fan-out or watch-prefix at a steady rate, regardless of how long each write takes.</summary>
internal sealed class FanOutWriter(ILoadTarget target, FanOutSubject subject, FanOutStamps stamps, TimeProvider time)
{
    /// <summary>The maximum number of writes in progress. A target that is slower receives fewer writes.</summary>
    public const int MostAtOnce = 32;

    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private long _acknowledged;

    /// <summary>The number of acknowledged versions, without the first, which all watchers find when they start.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Writes the first version, by which each watcher shows that it is ready.</summary>
    public Task WriteFirstAsync(CancellationToken cancellationToken) => target.WriteAsync(subject.NameOf(0), Value(number: 0), cancellationToken);

    /// <summary>Writes until the measured time is over, and waits for all writes. A write that is late is sent immediately.</summary>
    public async Task RunAsync(int versionsPerSecond, LoadRecord record, RunEnd ends)
    {
        try
        {
            await SendAsync(versionsPerSecond, record, ends);
        }
        catch (OperationCanceledException) when (!ends.IsStopped)
        {
            // All slots were in use until the end of the grace period; the writes that held them are the errors.
        }

        for (var answered = 0; answered < MostAtOnce; answered++)
            await _room.WaitAsync(CancellationToken.None);
    }

    private async Task SendAsync(int versionsPerSecond, LoadRecord record, RunEnd ends)
    {
        var began = time.GetTimestamp();
        for (var number = 1L; ; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / versionsPerSecond) - time.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, ends.Token);
            await _room.WaitAsync(ends.Token);
            if (record.Measured.IsOver(time.GetTimestamp()))
            {
                _room.Release();
                return;
            }

            _ = WriteAsync(number, record, ends);
        }
    }

    private async Task WriteAsync(long number, LoadRecord record, RunEnd ends)
    {
        try
        {
            await target.WriteAsync(subject.NameOf(number), Value(number), ends.Token);
            Interlocked.Increment(ref _acknowledged);
        }
        catch (OperationCanceledException) when (ends.IsStopped)
        {
            // The grace period is over; the write is not counted.
        }
        catch (OperationCanceledException) when (ends.IsOutOfPatience)
        {
            record.Failed(ends.NoAnswer());
        }
        catch (Exception exception)
        {
            record.Failed(exception);
        }
        finally
        {
            _room.Release();
        }
    }

    private byte[] Value(long number) => stamps.Value(new FanOutStamp(number, time.GetTimestamp()));
}
