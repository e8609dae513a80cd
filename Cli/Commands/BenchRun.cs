using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Load;
using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Runs;
using Orleans.Paxos.Cli.Load.Scenarios;
using Orleans.Paxos.Cli.Load.Targets;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Runs the scenarios one after the other and prints each measurement as soon as it is available.</summary>
internal sealed class BenchRun(CommandContext context, BenchSettings settings)
{
    private readonly List<Measurement> _measurements = [];

    private CliConsole Console => context.Console;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<Scenario> scenarios = [.. settings.Scenarios.Distinct().Select(name => ScenarioCatalog.Create(name, settings.ScenarioOptions))];
        var files = settings.Directory is { } directory ? BenchFiles.In(directory) : null;
        var connection = await context.ConnectAsync();
        var status = await connection.StatusAsync(cancellationToken);
        try
        {
            await MeasureAsync(scenarios, connection, cancellationToken);
        }
        finally
        {
            await ReportAsync(BenchReport.Of(settings, status, _measurements), files);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _measurements.Any(measurement => measurement.ErrorCount > 0) ? ExitCode.Unavailable : ExitCode.Ok;
    }

    private async Task MeasureAsync(ImmutableArray<Scenario> scenarios, IConnection connection, CancellationToken cancellationToken)
    {
        // Uses the register client, so that errors are the same as in other commands.
        var preparation = new Preparation(new RegisterTarget(connection.Registers));
        foreach (var scenario in scenarios)
        {
            await ProgressBar.RunAsync(Console, $"{scenario.Name}: writing the registers", wanted: true, progress =>
                preparation.EnsureAsync(scenario, progress, cancellationToken));
            foreach (var clients in scenario.FixedClients is { } all ? [all] : settings.Clients)
            {
                if (cancellationToken.IsCancellationRequested)
                    return;
                var measurement = await RunAsync(scenario, connection.LoadTarget, clients, cancellationToken);
                if (measurement.ElapsedSeconds > 0)
                    await AddAsync(measurement);
            }
        }
    }

    private async Task<Measurement> RunAsync(Scenario scenario, ILoadTarget target, int clients, CancellationToken cancellationToken)
    {
        Measurement? measurement = null;
        var title = $"{scenario.Name}, {clients} {(scenario.FixedClients is null ? "clients" : "watchers")}";
        try
        {
            await ProgressBar.RunTitledAsync(Console, title, wanted: true, async show =>
                measurement = await ClosedLoop.RunAsync(
                    scenario,
                    target,
                    settings.Plan(clients),
                    progress => show($"{title}: {progress.RatePerSecond:#,0}/s, {progress.Errors:#,0} errors", progress.Elapsed.TotalSeconds, progress.Total.TotalSeconds),
                    cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or TimeoutException)
        {
            throw new AnswerLostException($"{title}: the load could not begin ({exception.Message}).");
        }

        return measurement!;
    }

    private async Task AddAsync(Measurement measurement)
    {
        if (!context.Json && _measurements.Count == 0)
            await Console.Out.WriteLineAsync(MeasurementTable.Header);
        if (!context.Json)
            await Console.Out.WriteLineAsync(MeasurementTable.Row(measurement));
        _measurements.Add(measurement);
        await Console.FlushAsync(CancellationToken.None);
        foreach (var error in measurement.Errors)
            Console.Notice($"{measurement.Scenario}, {measurement.Clients} clients: {error.Count:#,0} × {error.Kind}, such as: {OnOneLine(error.Sample)}");
    }

    /// <summary>Removes control characters, so that text from the server cannot control the terminal.</summary>
    private static string OnOneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));

    private async Task ReportAsync(Report report, BenchFiles? files)
    {
        if (report.Measurements.IsEmpty)
            return;
        if (context.Json)
            await Console.Out.WriteLineAsync(ReportFile.ToJson(report));
        if (files is not null)
            await files.WriteAsync(report);
    }
}
