using System.Diagnostics;
using System.Globalization;

namespace Orleans.Paxos.Verification.Exploration.Sets;

/// <summary>Explores changes of the acceptor set and prints what it finds.</summary>
internal static class SetChangeRun
{
    /// <summary>Explores all changes, or the one that a control is about.</summary>
    /// <param name="control">What is broken on purpose; null for nothing.</param>
    /// <param name="cancelled">Cancels the exploration.</param>
    /// <returns>Whether every invariant holds.</returns>
    public static bool Holds(SetChangeControl? control, CancellationToken cancelled)
    {
        Console.Out.WriteLine($"{SetChangePlan.WriterCount} writers with an attempt each, and the sweep, commit {Tool.Commit}.");
        if (control is not null)
            Console.Out.WriteLine($"Broken on purpose: {control.What}.");
        var holds = true;
        foreach (var change in control is null ? SetChange.All : [control.Change])
            holds &= Holds(change, control?.Rules ?? new SetChangeRules(), cancelled);
        return holds;
    }

    private static bool Holds(SetChange change, SetChangeRules rules, CancellationToken cancelled)
    {
        var watch = Stopwatch.StartNew();
        var small = new SetChangeWorld(change, rules);
        var result = Explorer.Explore(small, cancelled: cancelled);
        var verdict = result.Counterexample is null ? "every invariant held" : "an invariant is broken";
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{change.Name}: {result.States:N0} states, {result.Transitions:N0} transitions, {watch.Elapsed.TotalSeconds:0.0} s, depth {result.Depth}: {verdict}."));
        if (result.Counterexample is { } found)
            Console.Out.Write(new SetChangeText(small).Of(found));
        return result.Counterexample is null;
    }
}
