using HdrHistogram;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>
/// Histograms that are each shared by a few clients. A single histogram would be a bottleneck, and one for each of
/// thousands of clients would take hundreds of megabytes.
/// </summary>
internal sealed class LatencyStripes
{
    private const int Most = 32;

    private readonly LatencyStripe[] _stripes;

    public LatencyStripes(int clients) => _stripes = [.. Enumerable.Range(0, Math.Min(clients, Most)).Select(_ => new LatencyStripe())];

    public LatencyStripe Of(int client) => _stripes[client % _stripes.Length];

    /// <summary>Gets the latencies of all clients together.</summary>
    public Latencies Summarise()
    {
        var all = LatencyStripe.CreateHistogram();
        foreach (var stripe in _stripes)
            stripe.AddTo(all);
        return new Latencies(At(50), At(90), At(99), At(99.9), At(100));

        double At(double percentile) => all.TotalCount == 0 ? 0 : TimeSpan.FromTicks(all.GetValueAtPercentile(percentile)).TotalMilliseconds;
    }
}

/// <summary>The latencies of a few clients.</summary>
internal sealed class LatencyStripe
{
    private const int SignificantDigits = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly LongHistogram _histogram = CreateHistogram();

    /// <summary>Creates a histogram that counts in ticks of 100 nanoseconds.</summary>
    public static LongHistogram CreateHistogram() => new(Longest.Ticks, SignificantDigits);

    public void Add(TimeSpan latency)
    {
        var ticks = Math.Clamp(latency.Ticks, 0, Longest.Ticks);
        lock (_lock)
            _histogram.RecordValue(ticks);
    }

    public void AddTo(LongHistogram sum)
    {
        lock (_lock)
            sum.Add(_histogram);
    }
}
