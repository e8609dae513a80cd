namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>What one client has counted. Only that client writes it, so that it needs no lock.</summary>
internal sealed class ClientRecord(MeasuredTime measured, LatencyStripe latencies, ErrorTally errors)
{
    private long _operations;
    private long _failures;

    /// <summary>Operations so far, with those of the warm-up.</summary>
    public long Operations => Volatile.Read(ref _operations);

    /// <summary>Failures so far, with those of the warm-up.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Operations that ended within the measured time.</summary>
    public long MeasuredOperations { get; private set; }

    public long Now() => measured.Now();

    public bool IsOver(long timestamp) => measured.IsOver(timestamp);

    /// <summary>An operation has ended well.</summary>
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

    /// <summary>An operation has failed.</summary>
    public void Failed(Exception exception)
    {
        _failures++;
        if (measured.HasBegun(Now()))
            errors.Add(exception);
    }
}
