using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Verification.Exploration.Controls;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The command <c>explore</c>.</summary>
internal static class ExploreCommand
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int UsualAttempts = 2;
    private const int MostAttempts = 3;

    private static readonly string Details = $"""
        The world has {WorldState.AcceptorCount} acceptors and {WorldState.ProposerCount} proposers that move by the production rules. Messages are lost, come late and come twice,
        and acceptors crash. A broken invariant is printed with the shortest sequence of moves that leads to it.

        --control breaks one rule on purpose, to show that the exploration finds it; the exit code is then 0 if it does.
        Controls: {string.Join(", ", ExplorationControl.All.Select(control => control.Name))}.

        Exit codes: 0 every invariant held; 1 an invariant is broken, or a control was not found out; 2 wrong options.
        """;

    public static Command Create()
    {
        var attempts = NumberOption.Create(
            "--attempts", $"How often each proposer may try; {MostAttempts} takes many gigabytes of memory and much time", UsualAttempts, 1, MostAttempts);
        var steps = new Option<bool>("--steps") { Description = "Also let acceptors crash between step, persist and release; slower" };
        var control = new Option<ExplorationControl?>("--control")
        {
            Description = "Break one rule on purpose, which the exploration must detect",
            HelpName = "NAME",
            CustomParser = result => result.Read(
                ExplorationControl.Find, $"--control takes {string.Join(", ", ExplorationControl.All.Select(each => each.Name))}"),
        };
        var command = new DocumentedCommand(
            "explore",
            "Visits every state of a small world, and checks the invariants in each",
            Details,
            $"{Tool.CommandPrefix} explore",
            $"{Tool.CommandPrefix} explore --control small-quorum")
        {
            attempts, steps, control,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(steps) is not null && result.GetResult(control) is not null)
                result.AddError("--steps and --control exclude each other: give one of them.");
        });
        command.SetAction((parse, cancellationToken) => Task.FromResult(Run(
            parse.GetValue(attempts),
            parse.GetValue(steps) ? new StepByStepRules() : new SmallWorldRules(),
            parse.GetValue(control),
            cancellationToken)));
        return command;
    }

    private static int Run(int attempts, SmallWorldRules rules, ExplorationControl? control, CancellationToken cancelled)
    {
        Console.Out.WriteLine($"{WorldState.AcceptorCount} acceptors, {WorldState.ProposerCount} proposers, {attempts} attempts each, commit {Tool.Commit}.");
        if (control is not null)
            Console.Out.WriteLine($"Broken on purpose: {control.What}.");
        string? counterexample = null;
        var mostMoves = int.MaxValue;
        var (states, transitions, watch) = (0L, 0L, Stopwatch.StartNew());
        foreach (var scenario in WorldScenario.All)
        {
            var startedAt = watch.Elapsed;
            var small = new SmallWorld(scenario, attempts, control?.Rules ?? rules, control?.Watched);
            var result = Explorer.Explore(small, mostMoves, cancelled);
            (states, transitions) = (states + result.States, transitions + result.Transitions);
            Console.Out.WriteLine(Line(scenario.Name, result.States, result.Transitions, watch.Elapsed - startedAt) + $", depth {result.Depth}: {Told(result, mostMoves)}.");
            if (result.Counterexample is not { } found)
                continue;
            counterexample = $"{scenario.Name}\n{new CounterexampleText(small).Of(found)}";
            mostMoves = found.Moves.Length - 1;
        }

        if (counterexample is not null)
            Console.Out.Write($"The shortest counterexample, in: {counterexample}");
        Console.Out.WriteLine(Line("All", states, transitions, watch.Elapsed) + (counterexample is null ? ": every invariant held." : ": an invariant is broken."));
        return (counterexample is null) == (control is null) ? Good : Failed;
    }

    private static string Told(ExplorationResult result, int mostMoves) => result.Counterexample is { } found
        ? $"{found.Breach.Invariant} is broken by {found.Moves.Length} moves"
        : mostMoves == int.MaxValue ? "nothing is broken" : "nothing is broken by fewer moves";

    private static string Line(string what, long states, long transitions, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {states:N0} states, {transitions:N0} transitions, {elapsed.TotalSeconds:0.0} s");
}
