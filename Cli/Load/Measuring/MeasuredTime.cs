namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>The time span that is measured: it starts after the warm-up and is as long as planned.</summary>
internal sealed class MeasuredTime(LoadPlan plan)
{
    private long _from = long.MaxValue;
    private long _until = long.MaxValue;

    /// <summary>Starts the warm-up.</summary>
    public void Begin()
    {
        var began = Now();
        _from = began + Timestamps(plan.WarmUp);
        _until = _from + Timestamps(plan.Duration);
    }

    public long Now() => plan.Time.GetTimestamp();

    public TimeSpan Since(long timestamp) => plan.Time.GetElapsedTime(timestamp, Now());

    public TimeSpan Between(long began, long ended) => plan.Time.GetElapsedTime(began, ended);

    /// <summary>Whether the measured time had begun at a timestamp.</summary>
    public bool HasBegun(long timestamp) => timestamp > _from;

    /// <summary>Whether the measured time was over at a timestamp, so that no operation may begin.</summary>
    public bool IsOver(long timestamp) => timestamp >= _until;

    /// <summary>Gets how much of the measured time had passed at a timestamp.</summary>
    public TimeSpan Elapsed(long timestamp) => timestamp > _from ? Between(_from, Math.Min(timestamp, _until)) : TimeSpan.Zero;

    /// <summary>Whether an operation that ended after the warm-up, at this timestamp, ended within the measured time.</summary>
    public bool Includes(long timestamp) => timestamp <= _until;

    private long Timestamps(TimeSpan time) => (long)(time.TotalSeconds * plan.Time.TimestampFrequency);
}
