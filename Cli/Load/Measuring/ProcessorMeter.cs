namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>Takes the processor time that is spent during the measured time.</summary>
/// <param name="plan">The times.</param>
/// <param name="record">Says when the run has begun.</param>
/// <param name="read">Reads the processor time spent so far.</param>
internal sealed class ProcessorMeter(LoadPlan plan, LoadRecord record, Func<TimeSpan> read)
{
    private TimeSpan? _from;
    private TimeSpan _until;

    /// <summary>The processor time; null when the run ended before the measured time began.</summary>
    public TimeSpan? Spent => _until - _from;

    /// <summary>Measures until the measured time ends or the run is done.</summary>
    public async Task RunAsync(CancellationToken done)
    {
        try
        {
            await record.Begun.WaitAsync(done);
            await Task.Delay(plan.WarmUp, plan.Time, done);
            _from = read();
            await Task.Delay(plan.Duration, plan.Time, done);
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The run is done.
        }

        _until = read();
    }
}
