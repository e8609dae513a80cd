using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>The figures of a run.</summary>
internal sealed record ChaosSummary
{
    public ChaosSummary(ChaosResult result)
    {
        var calls = result.Calls.Where(call => call.Operation.Kind != OperationKind.Watch).ToList();
        Operations = calls.Count;
        WatchedVersions = result.Calls.Length - calls.Count;
        Acknowledged = calls.Count(call => call.Outcome == CallOutcome.Acknowledged);
        Unknown = calls.Count(call => call.Outcome == CallOutcome.Unknown);
        Failed = calls.Count(call => call.Outcome == CallOutcome.Failed);
        LongestWithoutWrite = LongestGap(result, calls.Where(call => call.Operation.Answer == Answer.Applied).Select(call => call.Ended));
        var latencies = calls.Where(call => call.Outcome == CallOutcome.Acknowledged).Select(call => call.Latency).Order().ToList();
        (Median, NinetyNinth, Longest) = (Percentile(latencies, 0.5), Percentile(latencies, 0.99), Percentile(latencies, 1));
        AcknowledgedSinceLastFault = calls.Count(call => call.Outcome == CallOutcome.Acknowledged && result.Faults.All(fault => call.Started > fault.Until));
    }

    public int Operations { get; }

    public int Acknowledged { get; }

    public int Unknown { get; }

    public int Failed { get; }

    /// <summary>The number of versions that watches delivered.</summary>
    public int WatchedVersions { get; }

    /// <summary>The number of acknowledged calls that were sent after the last fault ended.</summary>
    public int AcknowledgedSinceLastFault { get; }

    /// <summary>The longest time during which no write of any client was acknowledged.</summary>
    public TimeSpan LongestWithoutWrite { get; }

    /// <summary>The median latency of acknowledged calls.</summary>
    public TimeSpan Median { get; }

    /// <summary>The 99th percentile of the latency of acknowledged calls.</summary>
    public TimeSpan NinetyNinth { get; }

    /// <summary>The longest latency of an acknowledged call.</summary>
    public TimeSpan Longest { get; }

    private static TimeSpan LongestGap(ChaosResult result, IEnumerable<TimeSpan> writes)
    {
        var (longest, last) = (TimeSpan.Zero, result.From);
        foreach (var write in writes.Append(result.Until).Order())
        {
            longest = write - last > longest ? write - last : longest;
            last = write;
        }

        return longest;
    }

    private static TimeSpan Percentile(List<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(share * (sorted.Count - 1))];
}
