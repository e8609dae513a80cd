using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>The measurement of spread writes to a cluster in this process, with the bytes that they wrote to disk.</summary>
/// <param name="Measurement">The measurement of the load.</param>
/// <param name="DiskBytesPerRecord">The bytes written to disk per write at one acceptor; null when the system does not count them.</param>
internal sealed record CountedWrites(Measurement Measurement, double? DiskBytesPerRecord)
{
    /// <summary>Measures the writes. The registers must already exist.</summary>
    /// <param name="session">The run.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="target">The target.</param>
    /// <param name="clients">The number of clients.</param>
    public static async Task<CountedWrites> MeasureAsync(Session session, InProcessCluster cluster, Scenario scenario, ILoadTarget target, int clients)
    {
        var counting = new CountingTarget(target);
        var before = DiskCounter.WrittenBytes();
        var measurement = await session.MeasureAsync(scenario, counting, session.Options.PlanFor(clients));
        session.Add(measurement);
        return new CountedWrites(measurement, (DiskCounter.WrittenBytes() - before) / ((double)counting.Writes * cluster.Acceptors));
    }

    /// <summary>Adds the measurement to the plots.</summary>
    public void AddTo(Curves curves, string what, double size)
    {
        curves.Add($"Writes and {what}", "write-spread", "operations/s", size, Measurement.OperationsPerSecond);
        curves.Add($"Latency of writes and {what}", "p50", "ms", size, Measurement.Latencies.P50);
        curves.Add($"Latency of writes and {what}", "p99", "ms", size, Measurement.Latencies.P99);
        if (DiskBytesPerRecord is { } bytes)
            curves.Add($"Bytes written to disk and {what}", "a write, at each acceptor", "bytes", size, bytes);
    }
}
