using Orleans.Paxos.Benchmarks.Clusters;
using Orleans.Paxos.Benchmarks.Reports;
using Orleans.Paxos.Benchmarks.Runs;
using Orleans.Paxos.Benchmarks.Targets;
using Orleans.Paxos.Cli.Load.Measuring;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Measures how cost grows with the number of registers: memory, disk, start-up and first reads.</summary>
/// <param name="session">The run.</param>
internal sealed class RegisterGrowth(Session session)
{
    private const int ValueBytes = 100;
    private const int Loaders = 512;
    private const int Clients = 64;
    private const int Least = 1000;
    private const int Factor = 10;
    private const string Memory = "Memory of idle registers";
    private const string Silo = "silos and client, managed, three acceptors";
    private const string StartUp = "Start-up until ready";
    private const string Stopped = "stopped";
    private const string Killed = "killed";
    private const string Longest = "Longest request in the first seconds";
    private static readonly TimeSpan IdleGrainsEndAfter = TimeSpan.FromSeconds(10);

    private readonly Curves _curves = new("registers", logX: true);

    /// <summary>Runs the measurements.</summary>
    /// <param name="session">The run.</param>
    public static async Task RunAsync(Session session)
    {
        var growth = new RegisterGrowth(session);
        ImmutableArray<int> sizes = [.. Sizes(session.Options.MaxRegisters)];
        foreach (var registers in sizes)
            await growth.MeasureAsync(registers);
        foreach (var series in growth._curves.ToSeries())
            session.Add(series);
        foreach (var goal in growth.Goals(sizes[^1]))
            session.Add(goal);
    }

    private static IEnumerable<int> Sizes(int most)
    {
        for (var size = Least; size < most; size *= Factor)
            yield return size;
        yield return most;
    }

    private async Task MeasureAsync(int registers)
    {
        using var folder = new TemporaryFolder();
        var size = new ScenarioOptions { Registers = registers, ValueBytes = ValueBytes, PrepareClients = Loaders };
        await FillAsync(folder, size);
        _curves.Add("Registers on disk", "all files, three acceptors", "bytes a register", registers, (double)folder.Bytes() / registers);
        await StartAsync(folder, size, Stopped, ScenarioCatalog.ReadLinearizable);
        await StartAsync(folder, size, Killed, ScenarioCatalog.Mixed);
    }

    private async Task FillAsync(TemporaryFolder folder, ScenarioOptions size)
    {
        await using var cluster = await InProcessCluster.StartAsync(folder, idleGrainsEndAfter: IdleGrainsEndAfter);
        var before = SiloMemory.Bytes();
        var started = TimeProvider.System.GetTimestamp();
        await session.WriteAllAsync(ScenarioCatalog.Create(ScenarioCatalog.WriteSpread, size), new RegisterTarget(cluster.Registers));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        _curves.Add("First writes", $"{Loaders} clients", "operations/s", size.Registers, size.Registers / seconds);
        var after = await SiloMemory.SettledBytesAsync(IdleGrainsEndAfter * 2, session.CancellationToken);
        _curves.Add(Memory, Silo, "bytes a register", size.Registers, (double)(after - before) / size.Registers);
    }

    /// <summary>Starts a process on the existing data, reads from it as soon as it is ready, and kills it.</summary>
    private async Task StartAsync(TemporaryFolder folder, ScenarioOptions size, string ended, string scenario)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var cluster = await ProcessCluster.StartOneAsync(folder.Path);
        _curves.Add(StartUp, ended, "s", size.Registers, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        using var target = new RegisterHttpTarget(cluster.Urls, $"{size.Registers:n0} {ended}");
        var plan = new LoadPlan(Clients, TimeSpan.Zero, TimeSpan.FromSeconds(session.Options.Seconds));
        var measurement = await session.MeasureAsync(ScenarioCatalog.Create(scenario, size), target, plan);
        session.Add(measurement);
        _curves.Add(Longest, $"{scenario}, {ended}", "ms", size.Registers, measurement.Latencies.Max);
        if (scenario == ScenarioCatalog.ReadLinearizable)
        {
            _curves.Add("First reads of cold registers", "p50", "ms", size.Registers, measurement.Latencies.P50);
            _curves.Add("First reads of cold registers", "p99", "ms", size.Registers, measurement.Latencies.P99);
        }

        await cluster.KillAsync();
    }

    private IEnumerable<Ratio?> Goals(int registers)
    {
        var n = $"{registers:n0} registers";
        yield return AtMost(1024, $"Memory of each of {n}", "bytes", Memory, Silo);
        yield return AtMost(5, $"Start-up after a stop, {n}", "s", StartUp, Stopped);
        yield return AtMost(5, $"Start-up after kill -9, {n}", "s", StartUp, Killed);
        yield return AtMost(200, $"Longest request after a stop, {n}", "ms", Longest, $"{ScenarioCatalog.ReadLinearizable}, {Stopped}");
        yield return AtMost(200, $"Longest request after kill -9, {n}", "ms", Longest, $"{ScenarioCatalog.Mixed}, {Killed}");

        Ratio? AtMost(double limit, string name, string unit, string plot, string line)
        {
            var value = _curves.ValueAt(plot, line, registers);
            return Goal.AtMost(1, name, RoundFigure.Given(value, $"{value:#,0.#} {unit}"), RoundFigure.Given(limit, $"{limit:n0} {unit}")).Judge(session.Measurements);
        }
    }
}
