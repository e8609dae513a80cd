using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Cli.Load.Scenarios;

/// <summary>Writes the versions of watch-fan-out at a steady rate, however long each write takes.</summary>
internal sealed class FanOutWriter(ILoadTarget target, string register, FanOutStamps stamps, TimeProvider time)
{
    /// <summary>So many writes wait for their answers at most; a target that is slower than that gets fewer.</summary>
    public const int MostAtOnce = 32;

    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private long _acknowledged;

    /// <summary>How many versions were acknowledged, but for the first, which all watchers find when they come.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Writes the version by which watchers show that they are there.</summary>
    public Task WriteFirstAsync(CancellationToken cancellationToken) => target.WriteAsync(register, Value(number: 0), cancellationToken);

    /// <summary>Writes until the measured time is over, and ends when all writes have. A write that is late is sent at once.</summary>
    public async Task RunAsync(int versionsPerSecond, LoadRecord record, RunEnd ends)
    {
        try
        {
            await SendAsync(versionsPerSecond, record, ends);
        }
        catch (OperationCanceledException) when (!ends.IsStopped)
        {
            // There was no room for another one until the end of the grace: the writes that took it all are the errors.
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
            await target.WriteAsync(register, Value(number), ends.Token);
            Interlocked.Increment(ref _acknowledged);
        }
        catch (OperationCanceledException) when (ends.IsStopped)
        {
            // Nobody waited for it any more.
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
