namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>The counts of one client. Only that client writes them, so no lock is needed.</summary>
internal sealed class ClientRecord(MeasuredTime measured, LatencyStripe latencies, ErrorTally errors)
{
    private long _operations;
    private long _failures;

    /// <summary>The number of operations so far, including the warm-up.</summary>
    public long Operations => Volatile.Read(ref _operations);

    /// <summary>The number of failures so far, including the warm-up.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>The number of operations that ended within the measured time.</summary>
    public long MeasuredOperations { get; private set; }

    public long Now() => measured.Now();

    public bool IsOver(long timestamp) => measured.IsOver(timestamp);

    /// <summary>Records an operation that succeeded.</summary>
    public void Succeeded(long began)
    {
        var ended = Now();
        _operations++;
        if (!measured.HasBegun(ended))
            return;
        latencies.Add(measured.Between(began, ended));
        if (measured.Includes(ended))
            MeasuredOperations++;
    }

    /// <summary>Records an operation that failed.</summary>
    public void Failed(Exception exception)
    {
        _failures++;
        if (measured.HasBegun(Now()))
            errors.Add(exception);
    }
}
