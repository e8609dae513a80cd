using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Targets;

namespace Orleans.Paxos.Benchmarks.Comparisons;

/// <summary>What a run of writes took in this process, silos and load generator together.</summary>
/// <param name="Writes">The writes that were acknowledged.</param>
/// <param name="Commits">The commits of all acceptors.</param>
/// <param name="Messages">The messages that silos sent to each other.</param>
/// <param name="AllocatedBytes">The bytes that were allocated.</param>
/// <param name="Paused">For how long the collector paused all threads.</param>
/// <param name="Took">The duration of the run.</param>
internal sealed record WriteCounts(long Writes, long Commits, long Messages, long AllocatedBytes, TimeSpan Paused, TimeSpan Took)
{
    private const string SentMessages = "orleans-messaging-sent-messages-size";

    /// <summary>Counts a run.</summary>
    public static async Task<WriteCounts> OfAsync(CountingTarget target, InProcessCluster cluster, Func<Task> run)
    {
        var messages = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == SentMessages)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => Interlocked.Increment(ref messages));
        listener.Start();
        var (writes, commits, began) = (target.Writes, cluster.Commits, Stopwatch.GetTimestamp());
        var (allocated, paused) = (GC.GetTotalAllocatedBytes(precise: true), GC.GetTotalPauseDuration());
        await run();
        return new WriteCounts(
            target.Writes - writes,
            cluster.Commits - commits,
            Volatile.Read(ref messages),
            GC.GetTotalAllocatedBytes(precise: true) - allocated,
            GC.GetTotalPauseDuration() - paused,
            Stopwatch.GetElapsedTime(began));
    }
}
