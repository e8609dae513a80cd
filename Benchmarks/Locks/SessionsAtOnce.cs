using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Growth;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;
using static System.FormattableString;

namespace Orleans.Paxos.Benchmarks.Locks;

/// <summary>Measures what many sessions of one client process cost silo processes, and the writes beside them, in turns with the same without sessions.</summary>
internal sealed class SessionsAtOnce(Session run, ProcessCluster cluster, RegisterTarget registers, int count)
{
    private const double BytesInMebibyte = 1024 * 1024;

    private static readonly SessionOptions Usual = new() { Owner = "benchmark" };

    /// <summary>Starts three processes and measures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="count">How many sessions are open at once.</param>
    public static async Task RunAsync(Session run, int count)
    {
        await using var cluster = await ProcessCluster.StartSeveralAsync(run.Options.Processes ?? 3);
        var registers = await cluster.ConnectAsync();
        await new SessionsAtOnce(run, cluster, new RegisterTarget(registers, "registers"), count).RunAsync();
    }

    private async Task RunAsync()
    {
        var (without, with) = (new List<Measurement>(), new List<Measurement>());
        for (var round = 1; round <= run.Options.Rounds; round++)
        {
            without.Add(await MeasureWritesAsync(round, "no sessions"));
            NoteMemory("no sessions");
            var began = TimeProvider.System.GetTimestamp();
            var sessions = await ManySessions.OpenAsync(cluster.Coordination, count, Usual, run.CancellationToken);
            run.Note(Invariant($"{count:n0} sessions of {Usual.TimeToLive.TotalSeconds} s were opened in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s, {ManySessions.SideBySide} side by side"));
            await MeasureRenewalsAsync(sessions, "nothing else", () => Task.Delay(Usual.TimeToLive, TimeProvider.System, run.CancellationToken));
            await MeasureRenewalsAsync(sessions, "beside the writes", async () => with.Add(await MeasureWritesAsync(round, Invariant($"{count:n0} sessions"))));
            NoteMemory(Invariant($"{count:n0} sessions"));
            run.Note(Invariant($"{sessions.Count(static session => session.Lost.IsCancellationRequested):n0} sessions were lost"));
            await ManySessions.CloseAsync(sessions);
        }

        run.Add(new Ratio(
            $"Writes beside {count:n0} sessions of {Usual.TimeToLive.TotalSeconds} s", "with: writes/s", "without: writes/s",
            [.. with.Zip(without, static (one, other) => one.OperationsPerSecond / other.OperationsPerSecond)]));
    }

    private async Task MeasureRenewalsAsync(ISession[] sessions, string beside, Func<Task> meanwhile)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        var (began, silos, client) = (TimeProvider.System.GetTimestamp(), cluster.ProcessorTime, Environment.CpuUsage.TotalTime);
        var count = new RenewalCount(sessions);
        var counting = count.RunAsync(over.Token);
        await meanwhile();
        await over.CancelAsync();
        var (rate, elapsed) = (await counting, TimeProvider.System.GetElapsedTime(began));
        run.Note(Invariant($"{rate:n0} renewals/s, {beside}; processors: silos {(cluster.ProcessorTime - silos) / elapsed:0.00}, client {(Environment.CpuUsage.TotalTime - client) / elapsed:0.00}; at least {count.Least.TotalSeconds:0.0} s were left of each session"));
    }

    private async Task<Measurement> MeasureWritesAsync(int round, string label)
    {
        var measurement = await run.MeasureAsync(
            new Step(ScenarioCatalog.WriteSpread, registers, run.Options.Many) { Label = $"{ScenarioCatalog.WriteSpread}, {label}", ProcessorTime = () => cluster.ProcessorTime }, round);
        run.Add(measurement);
        return measurement;
    }

    private void NoteMemory(string label) => run.Note(Invariant(
        $"Memory with {label}: silos {string.Join(", ", cluster.WorkingSets.Select(static bytes => Invariant($"{bytes / BytesInMebibyte:n0}")))} MiB; client {Environment.WorkingSet / BytesInMebibyte:n0} MiB, of which managed after a collection {SiloMemory.Bytes() / BytesInMebibyte:n0} MiB"));
}
