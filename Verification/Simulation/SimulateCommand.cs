using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Orleans.Paxos.Verification.Simulation.Controls;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>The command <c>simulate</c>.</summary>
internal static class SimulateCommand
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int SeedsOfControls = 100;
    private const double LeastMinutes = 0.01;
    private const double MostMinutes = 1440;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var seeds = new Option<SeedRange?>("--seeds")
        {
            Description = "Which seeds to run; without it fresh ones, drawn by the clock, until time is up",
            HelpName = "A-B",
            CustomParser = result => ToolOptions.Read<SeedRange?>(result, text => SeedRange.TryParse(text, out var range) ? range : null, "--seeds takes A-B, two whole numbers of 0 or more with A not above B"),
        };
        var seed = new Option<SeedRange?>("--seed")
        {
            Description = "One seed to run",
            HelpName = "N",
            CustomParser = result => ToolOptions.Read<SeedRange?>(result, text => !text.Contains('-', StringComparison.Ordinal) && SeedRange.TryParse(text, out var range) ? range : null, "--seed takes a whole number of 0 or more"),
        };
        var minutes = new Option<double?>("--minutes")
        {
            Description = "How long to go on (0.01 to 1440); 2 when no seeds are given, else until all are done",
            HelpName = "M",
            CustomParser = result => ToolOptions.Read<double?>(
                result,
                text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= LeastMinutes and <= MostMinutes ? value : null,
                "--minutes takes a number from 0.01 to 1440"),
        };
        var control = new Option<string?>("--control") { Description = "Break one thing on purpose, which must be caught; see docs/testing.md", HelpName = "NAME" };
        control.AcceptOnlyFromAmong([.. NegativeControl.All.Select(known => known.Name)]);
        var controls = new Option<bool>("--controls") { Description = "Print how often each thing broken on purpose is caught" };
        var trace = new Option<bool>("--trace") { Description = "Print every step (with --seed)" };
        var commit = ToolOptions.Commit();
        var command = new Command("simulate", "Runs the production classes in simulated clusters under faults, and checks what clients were told.") { seeds, seed, minutes, control, controls, trace, commit };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seeds) is not null && result.GetResult(seed) is not null)
                result.AddError("--seed and --seeds exclude each other: give one of them.");
            if (result.GetResult(trace) is not null && result.GetResult(seed) is null)
                result.AddError("--trace prints one run: say which with --seed.");
        });
        command.SetAction((parse, cancellationToken) => Task.FromResult(parse.GetValue(controls) ? PrintControls() : Run(
            parse.GetValue(seed) ?? parse.GetValue(seeds),
            parse.GetValue(minutes),
            parse.GetValue(control) is { } name ? NegativeControl.Find(name) : null,
            parse.GetValue(trace),
            parse.GetRequiredValue(commit),
            cancellationToken)));
        return command;
    }

    private static int Run(SeedRange? range, double? minutes, NegativeControl? control, bool trace, string commit, CancellationToken cancelled)
    {
        var seeds = range ?? new SeedRange(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond, long.MaxValue - 1);
        if (trace)
            return Print(Execute(seeds.First, control, trace: true), control);
        if (minutes is null && range is null)
            minutes = 2;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        if (minutes is { } limit)
            stop.CancelAfter(TimeSpan.FromMinutes(limit));

        Console.Out.WriteLine($"From seed {seeds.First} on, {Environment.ProcessorCount} at a time, commit {commit}.");
        var campaign = new Campaign(seeds.Seeds(), seed => Execute(seed, control, trace: false), Environment.ProcessorCount);
        var watch = Stopwatch.StartNew();
        var next = BetweenLines;
        campaign.Execute(
            totals =>
            {
                if (watch.Elapsed < next)
                    return;
                Console.Error.WriteLine(SimulationReport.Progress(totals, watch.Elapsed));
                next = watch.Elapsed + BetweenLines;
            },
            stop.Token);

        if (campaign.Failure is { } failure)
            Console.Out.WriteLine(SimulationReport.Failure(Execute(failure.Seed, control, trace: true), commit, control?.Name));
        Console.Out.Write(SimulationReport.Summary(campaign.Totals, watch.Elapsed, campaign.Failure is not null, commit));
        return Verdict(campaign.Failure is not null, control);
    }

    private static int PrintControls()
    {
        Console.Out.Write(ControlReport.Make(SeedsOfControls));
        return Good;
    }

    private static int Print(RunResult result, NegativeControl? control)
    {
        Console.Out.Write(result.Trace);
        foreach (var failure in result.Violations)
            Console.Out.WriteLine(failure);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {result.Seed}: {(result.Violations.Count == 0 ? "nothing wrong" : "failed")}, {result.Operations.Count} operations, {result.Steps:N0} steps."));
        return Verdict(result.Violations.Count > 0, control);
    }

    /// <summary>A control that is caught is good.</summary>
    private static int Verdict(bool failed, NegativeControl? control) => failed == (control is not null) ? Good : Failed;

    private static RunResult Execute(long seed, NegativeControl? control, bool trace) => SimulationRun.Execute(seed, control?.Break(), trace);
}
