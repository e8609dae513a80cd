using System.Globalization;
using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Locks;

/// <summary>
/// Measures, on silo processes: how long it takes from a release to the next acquisition while many wait, how long after a holder has died, and what the
/// renewals of many sessions take from the writes beside them.
/// </summary>
internal sealed class LocksRun(Session run, ProcessCluster cluster, ICoordination coordination)
{
    private const int Handovers = 200;
    private const int Deaths = 5;

    private static readonly SessionOptions Patient = new() { TimeToLive = TimeSpan.FromMinutes(2), Owner = "benchmark" };
    private static readonly SessionOptions Usual = new() { Owner = "benchmark" };
    private static readonly SessionOptions Short = new() { TimeToLive = TimeSpan.FromSeconds(2), Owner = "benchmark" };

    /// <summary>Starts three processes and measures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="waiters">How many wait for a lock, and how many sessions there are beside the writes.</param>
    public static async Task RunAsync(Session run, int waiters)
    {
        await using var cluster = await ProcessCluster.StartSeveralAsync(run.Options.Processes ?? 3);
        var registers = await cluster.ConnectAsync();
        var locks = new LocksRun(run, cluster, cluster.Coordination);
        foreach (var count in (int[])[1, waiters])
            await locks.MeasureHandoversAsync(count);
        await locks.MeasureDeathsAsync();
        await locks.MeasureRenewalsAsync(new RegisterTarget(registers, "registers"), waiters);
    }

    private async Task MeasureHandoversAsync(int waiters)
    {
        var sessions = await OpenAsync(waiters + 1, Patient);
        var name = $"handovers-{waiters}";
        var first = await coordination.Lock(name).AcquireAsync(new AcquireOptions { Session = sessions[0] }, run.CancellationToken);
        var times = new List<double>();
        var releasedAt = 0L;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        var waiting = sessions.Skip(1).Select(WaitAsync).ToList();
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, run.CancellationToken);
        releasedAt = TimeProvider.System.GetTimestamp();
        await first.ReleaseAsync(run.CancellationToken);
        await Task.WhenAll(waiting);
        run.Note($"{waiters:n0} waiting: from the call of a release to the next acquisition {Summary(times)}");
        await ManySessions.CloseAsync(sessions);

        async Task WaitAsync(ISession session)
        {
            try
            {
                while (times.Count < Handovers)
                {
                    var held = await coordination.Lock(name).AcquireAsync(new AcquireOptions { Session = session }, over.Token);
                    times.Add(TimeProvider.System.GetElapsedTime(releasedAt).TotalMilliseconds);
                    if (times.Count >= Handovers)
                        await over.CancelAsync();
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, run.CancellationToken);
                    releasedAt = TimeProvider.System.GetTimestamp();
                    await held.ReleaseAsync(run.CancellationToken);
                }
            }
            catch (OperationCanceledException) when (!run.CancellationToken.IsCancellationRequested)
            {
                // The others have measured enough.
            }
        }
    }

    /// <summary>Holders whose sessions are not renewed any more; the next one has the lock when their time-to-live is over.</summary>
    private async Task MeasureDeathsAsync()
    {
        var times = new List<double>();
        for (var death = 0; death < Deaths; death++)
        {
            await using var dead = await cluster.ConnectAnotherAsync();
            var held = await dead.Coordination.Lock("deaths").AcquireAsync(new AcquireOptions { OwnSession = Short }, run.CancellationToken);
            var next = coordination.Lock("deaths").AcquireAsync(new AcquireOptions { OwnSession = Usual }, run.CancellationToken);
            var remaining = held.Session.Remaining;
            var lastRenewal = TimeProvider.System.GetTimestamp();
            await dead.DisposeAsync();
            await using var acquired = await next;
            var since = TimeProvider.System.GetElapsedTime(lastRenewal).TotalMilliseconds;
            times.Add(since + ((Short.TimeToLive / 1.05) - remaining).TotalMilliseconds);
        }

        run.Note($"a holder that has died, time-to-live {Short.TimeToLive.TotalSeconds} s: from its last renewal to the next acquisition {Summary(times)}");
    }

    private async Task MeasureRenewalsAsync(RegisterTarget registers, int count)
    {
        var (without, with) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 1; round <= run.Options.Rounds; round++)
        {
            without.Add(await MeasureAsync(round, "no sessions"));
            var sessions = await OpenAsync(count, Usual);
            with.Add(await MeasureAsync(round, $"{count} sessions"));
            if (sessions.Any(static session => session.Lost.IsCancellationRequested))
                run.Note("Sessions were lost beside the writes.");
            await ManySessions.CloseAsync(sessions);
        }

        run.Add(new Ratio(
            $"Writes beside {count:n0} sessions of {Usual.TimeToLive.TotalSeconds} s", "with: writes/s", "without: writes/s",
            [.. with.Zip(without, static (one, other) => one.OperationsPerSecond / other.OperationsPerSecond)]));

        async Task<Measurement> MeasureAsync(int round, string label)
        {
            var measurement = await run.MeasureAsync(
                new Step(ScenarioCatalog.WriteSpread, registers, run.Options.Many) { Label = $"{ScenarioCatalog.WriteSpread}, {label}", ProcessorTime = () => cluster.ProcessorTime }, round);
            run.Add(measurement);
            return measurement;
        }
    }

    private Task<ISession[]> OpenAsync(int count, SessionOptions options) => ManySessions.OpenAsync(coordination, count, options, run.CancellationToken);

    private static string Summary(List<double> times)
    {
        var sorted = times.Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Count} times, p50 {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms, most {sorted[^1]:0.0} ms");

        double At(double share) => sorted[Math.Min((int)(share * sorted.Count), sorted.Count - 1)];
    }
}
