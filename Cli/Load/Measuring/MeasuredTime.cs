namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>From when until when is measured: after the warm-up, as long as planned.</summary>
internal sealed class MeasuredTime(LoadPlan plan)
{
    private long _from = long.MaxValue;
    private long _until = long.MaxValue;

    /// <summary>The warm-up begins now.</summary>
    public void Begin()
    {
        var began = Now();
        _from = began + Timestamps(plan.WarmUp);
        _until = _from + Timestamps(plan.Duration);
    }

    public long Now() => plan.Time.GetTimestamp();

    public TimeSpan Since(long timestamp) => plan.Time.GetElapsedTime(timestamp, Now());

    public TimeSpan Between(long began, long ended) => plan.Time.GetElapsedTime(began, ended);

    /// <summary>Whether the warm-up was over.</summary>
    public bool HasBegun(long timestamp) => timestamp > _from;

    /// <summary>Whether the measured time was over: nothing begins any more.</summary>
    public bool IsOver(long timestamp) => timestamp >= _until;

    /// <summary>How much of the measured time was over.</summary>
    public TimeSpan Elapsed(long timestamp) => timestamp > _from ? Between(_from, Math.Min(timestamp, _until)) : TimeSpan.Zero;

    /// <summary>Whether what ended then, after the warm-up, ended in time.</summary>
    public bool Includes(long timestamp) => timestamp <= _until;

    private long Timestamps(TimeSpan time) => (long)(time.TotalSeconds * plan.Time.TimestampFrequency);
}
