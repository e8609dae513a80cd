namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>Counts the bytes that this process allocates during the measured time.</summary>
internal sealed class AllocationMeter(LoadPlan plan, LoadRecord record)
{
    private long _from;
    private long _until;

    /// <summary>The number of bytes allocated.</summary>
    public long Bytes => _until - _from;

    /// <summary>Counts until the measured time ends or the run is done.</summary>
    public async Task RunAsync(CancellationToken done)
    {
        try
        {
            await record.Begun.WaitAsync(done);
            await Task.Delay(plan.WarmUp, plan.Time, done);
            _from = GC.GetTotalAllocatedBytes();
            await Task.Delay(plan.Duration, plan.Time, done);
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The run is done.
        }

        _until = _from > 0 ? GC.GetTotalAllocatedBytes() : 0;
    }
}
