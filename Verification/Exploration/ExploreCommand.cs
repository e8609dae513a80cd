using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Verification.Exploration.Controls;
using Orleans.Paxos.Verification.Exploration.Sets;

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

        --set-change visits every state of other worlds, in which the acceptor set changes while two writers and the sweep
        go on. A ballot is printed as its epoch and its place in it. A set counts as decided as soon as it may be, and an
        acceptor that comes has the joint set from the start.

        --control breaks one rule on purpose, to show that the exploration finds it; the exit code is then 0 if it does.
        Controls: {Names}.
        With --set-change: {SetChangeNames}.

        Exit codes: 0 every invariant held; 1 an invariant is broken, or a control was not found out; 2 wrong options.
        """;

    private static string Names => string.Join(", ", ExplorationControl.All.Select(control => control.Name));

    private static string SetChangeNames => string.Join(", ", SetChangeControl.All.Select(control => control.Name));

    public static Command Create()
    {
        var attempts = NumberOption.Create(
            "--attempts", $"How often each proposer may try; {MostAttempts} takes many gigabytes of memory and much time", UsualAttempts, 1, MostAttempts);
        var steps = new Option<bool>("--steps") { Description = "Also let acceptors crash between step, persist and release; slower" };
        var setChange = new Option<bool>("--set-change") { Description = "Explore a change of the acceptor set instead" };
        var control = new Option<string?>("--control") { Description = "Break one rule on purpose, which the exploration must detect", HelpName = "NAME" };
        var command = new DocumentedCommand(
            "explore",
            "Visits every state of a small world, and checks the invariants in each",
            Details,
            $"{Tool.CommandPrefix} explore",
            $"{Tool.CommandPrefix} explore --control small-quorum",
            $"{Tool.CommandPrefix} explore --set-change --control no-sweep")
        {
            attempts, steps, setChange, control,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(steps) is not null && result.GetResult(control) is not null)
                result.AddError("--steps and --control exclude each other: give one of them.");
            if (result.GetResult(setChange) is not null && (result.GetResult(steps) is not null || result.GetResult(attempts) is { Implicit: false }))
                result.AddError("--set-change has no --steps and no --attempts: leave them out.");
            if (result.GetResult(control) is null || result.GetValue(control) is not { } name)
                return;
            var names = result.GetValue(setChange) ? SetChangeNames : Names;
            if (!names.Split(", ").Contains(name))
                result.AddError($"--control takes {names}, not '{name}'.");
        });
        command.SetAction((parse, cancellationToken) =>
        {
            var name = parse.GetValue(control) ?? "";
            return Task.FromResult(parse.GetValue(setChange)
                ? RunSetChange(SetChangeControl.Find(name), cancellationToken)
                : Run(
                    parse.GetValue(attempts),
                    parse.GetValue(steps) ? new StepByStepRules() : new SmallWorldRules(),
                    ExplorationControl.Find(name),
                    cancellationToken));
        });
        return command;
    }

    private static int RunSetChange(SetChangeControl? control, CancellationToken cancelled) =>
        SetChangeRun.Holds(control, cancelled) == (control is null) ? Good : Failed;

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

    private static string Told(ExplorationResult<Move> result, int mostMoves) => result.Counterexample is { } found
        ? $"{found.Breach.Invariant} is broken by {found.Moves.Length} moves"
        : mostMoves == int.MaxValue ? "nothing is broken" : "nothing is broken by fewer moves";

    private static string Line(string what, long states, long transitions, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {states:N0} states, {transitions:N0} transitions, {elapsed.TotalSeconds:0.0} s");
}
