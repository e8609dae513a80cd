using System.Globalization;
using System.Text;
using Orleans.Paxos.Verification.Simulation.Faults;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>Writes the results of the simulation for people.</summary>
internal static class SimulationReport
{
    private const int LinesOfTrace = 60;

    public static string Progress(CampaignTotals totals, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{totals.Seeds:N0} seeds, {totals.Seeds / elapsed.TotalSeconds:0.0} seeds/s, {totals.Operations:N0} operations, {totals.Faults.Total:N0} faults");

    public static string Summary(CampaignTotals totals, TimeSpan elapsed, bool failed, string commit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{totals.Seeds:N0} seeds, {(failed ? "one failed" : "none failed")}, {elapsed.TotalSeconds:0} s, {totals.Seeds / elapsed.TotalSeconds:0.0} seeds/s, commit {commit}\n");
        text.Append(CultureInfo.InvariantCulture, $"{totals.Operations:N0} operations in {totals.SimulatedTime.TotalHours:0.0} h of simulated time, {totals.Steps:N0} steps, {totals.SplitInitialRounds:N0} initial rounds split between rivals, {totals.OverflowedWindows:N0} windows overflowed, {totals.ForgottenRegisters:N0} registers forgotten, {totals.RegistersBegunAgain:N0} begun above what was forgotten, {totals.FencedWrites:N0} fenced writes, {totals.Additions:N0} additions, {totals.Acquisitions:N0} locks acquired, {totals.Takeovers:N0} of them from holders that had not released them, {totals.Sets:N0} acceptor sets taken over\n");
        text.Append("Faults:");
        var separator = " ";
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            text.Append(CultureInfo.InvariantCulture, $"{separator}{Words(kind)} {totals.Faults[kind]:N0}");
            separator = ", ";
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Describes a failed run: the failure, the end of its trace, and the command that prints the whole trace.</summary>
    public static string Failure(RunResult traced, string commit, string? control)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Seed {traced.Seed} failed at commit {commit}:\n");
        foreach (var failure in traced.Violations)
            text.Append(CultureInfo.InvariantCulture, $"  {failure}\n");
        var lines = traced.Trace.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        text.Append(CultureInfo.InvariantCulture, $"The last {Math.Min(lines.Length, LinesOfTrace)} of its {lines.Length:N0} steps:\n");
        foreach (var line in lines.TakeLast(LinesOfTrace))
            text.Append(line).Append('\n');
        var option = control is null ? "" : $" --control {control}";
        return text.Append(CultureInfo.InvariantCulture, $"All of them: {Tool.CommandPrefix} simulate --seed {traced.Seed}{option} --trace\n").ToString();
    }

    /// <summary>Gets a fault's name in words: "MessageLost" becomes "message lost".</summary>
    private static string Words(FaultKind kind) =>
        string.Concat(kind.ToString().Replace("ETag", "Etag", StringComparison.Ordinal).Select((letter, index) =>
            char.IsUpper(letter) ? $"{(index == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
