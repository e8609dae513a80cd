namespace Orleans.Paxos.Load;

/// <summary>Writes the versions of watch-fan-out, one after the other.</summary>
internal sealed class FanOutWriter(ILoadTarget target, string register, FanOutStamps stamps, TimeProvider time)
{
    public FanOutStamps Stamps => stamps;

    /// <summary>How many versions were acknowledged, but for the first, which all watchers find when they come.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Writes the version by which watchers show that they are there.</summary>
    public Task WriteFirstAsync(CancellationToken cancellationToken) => WriteAsync(number: 0, cancellationToken);

    /// <summary>Writes at a steady rate until the measured time is over. A write that is late is sent at once.</summary>
    public async Task RunAsync(int versionsPerSecond, LoadRecord record, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var number = 1L; ; number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / versionsPerSecond) - time.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            if (record.Measured.IsOver(time.GetTimestamp()))
                return;
            try
            {
                await WriteAsync(number, cancellationToken);
                Acknowledged++;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                record.Failed(exception);
            }
        }
    }

    private Task WriteAsync(long number, CancellationToken cancellationToken) =>
        target.WriteAsync(register, stamps.Value(new FanOutStamp(number, time.GetTimestamp())), cancellationToken);
}
