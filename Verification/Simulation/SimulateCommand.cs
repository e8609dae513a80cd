using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Verification.Simulation.Controls;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>The command <c>simulate</c>.</summary>
internal static class SimulateCommand
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int SeedsOfControls = 100;
    private const double UsualMinutes = 2;
    private const double LeastMinutes = 0.01;
    private const double MostMinutes = 1440;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private const string Details = $"""
        A seed is one run: it determines the clients, the messages, the faults and every step, so the same seed gives the same
        run again. A run that fails prints its seed, what is wrong, the end of its trace, and the command that prints all of it.

        --control breaks one thing on purpose, to show that the simulation finds it; the exit code is then 0 if it does.
        --controls does so for all of them, on 100 seeds each, and prints a table.

        Exit codes: 0 nothing is wrong; 1 a run failed, or a control was not caught; 2 wrong options.
        """;

    public static Command Create()
    {
        var seeds = new Option<SeedRange?>("--seeds")
        {
            Description = "The seeds to run [default: new ones, taken from the clock, until the time is up]",
            HelpName = "A-B",
            CustomParser = result => result.Read<SeedRange?>(text => SeedRange.TryParse(text, out var range) ? range : null, "--seeds takes A-B, two whole numbers of 0 or more with A not above B"),
        };
        var seed = new Option<SeedRange?>("--seed")
        {
            Description = "The only seed to run",
            HelpName = "N",
            CustomParser = result => result.Read<SeedRange?>(text => !text.Contains('-', StringComparison.Ordinal) && SeedRange.TryParse(text, out var range) ? range : null, "--seed takes a whole number of 0 or more"),
        };
        var minutes = NumberOption.CreateOptional(
            "--minutes", $"How long to run [default: {UsualMinutes} without seeds; with seeds, until all have run]", LeastMinutes, MostMinutes);
        var control = new Option<string?>("--control") { Description = "Break one part on purpose, which the simulation must catch", HelpName = "NAME" };
        control.AcceptOnlyFromAmong([.. NegativeControl.All.Select(known => known.Name)]);
        var controls = new Option<bool>("--controls") { Description = "Print how often each control is caught, or the one that --control names" };
        var trace = new Option<bool>("--trace") { Description = "Print every step of the seed; needs --seed" };
        var command = new DocumentedCommand(
            "simulate",
            "Runs the production classes in simulated clusters under faults, and checks the answers to clients",
            Details,
            $"{Tool.CommandPrefix} simulate --minutes 10",
            $"{Tool.CommandPrefix} simulate --seeds 1-500",
            $"{Tool.CommandPrefix} simulate --seed 7 --trace")
        {
            seeds, seed, minutes, control, controls, trace,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(seeds) is not null && result.GetResult(seed) is not null)
                result.AddError("--seed and --seeds exclude each other: give one of them.");
            if (result.GetResult(trace) is not null && result.GetResult(seed) is null)
                result.AddError("--trace prints one run: say which with --seed.");
        });
        command.SetAction((parse, cancellationToken) => Task.FromResult(parse.GetValue(controls) ? PrintControls(parse.GetValue(control)) : Run(
            parse.GetValue(seed) ?? parse.GetValue(seeds),
            parse.GetValue(minutes),
            parse.GetValue(control) is { } name ? NegativeControl.Find(name) : null,
            parse.GetValue(trace),
            cancellationToken)));
        return command;
    }

    private static int Run(SeedRange? range, double? minutes, NegativeControl? control, bool trace, CancellationToken cancelled)
    {
        var seeds = range ?? new SeedRange(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond, long.MaxValue - 1);
        if (trace)
            return Print(Execute(seeds.First, control, trace: true), control);
        if (minutes is null && range is null)
            minutes = UsualMinutes;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        if (minutes is { } limit)
            stop.CancelAfter(TimeSpan.FromMinutes(limit));

        Console.Out.WriteLine($"From seed {seeds.First} on, {Environment.ProcessorCount} at a time, commit {Tool.Commit}.");
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
            Console.Out.WriteLine(SimulationReport.Failure(Execute(failure.Seed, control, trace: true), Tool.Commit, control?.Name));
        Console.Out.Write(SimulationReport.Summary(campaign.Totals, watch.Elapsed, campaign.Failure is not null, Tool.Commit));
        return Verdict(campaign.Failure is not null, control);
    }

    private static int PrintControls(string? only)
    {
        Console.Out.Write(ControlReport.Make(NegativeControl.All.Where(control => only is null || control.Name == only), SeedsOfControls));
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

    /// <summary>Gets the exit code. A run with a control succeeds when the control is caught.</summary>
    private static int Verdict(bool failed, NegativeControl? control) => failed == (control is not null) ? Good : Failed;

    private static RunResult Execute(long seed, NegativeControl? control, bool trace) => SimulationRun.Execute(seed, control?.Break(), trace);
}
