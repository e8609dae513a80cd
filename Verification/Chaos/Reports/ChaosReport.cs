using System.Globalization;
using System.Text;
using Orleans.Paxos.Verification.Chaos.Changes;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>Writes the report of a run: one page of text.</summary>
internal static class ChaosReport
{
    private const int MaxViolations = 20;

    /// <summary>Writes the report.</summary>
    /// <param name="result">The run.</param>
    /// <param name="commit">The commit that was tested.</param>
    public static string Write(ChaosResult result, string commit)
    {
        var summary = new ChaosSummary(result);
        var text = new StringBuilder();
        var headline = new ChaosHeadline(result);
        text.AppendLine(CultureInfo.InvariantCulture, $"Chaos: {headline}").AppendLine();
        Line("seed", $"{result.Options.Seed}");
        Line("commit", $"{commit}");
        Line("silos", $"{result.Options.Silos.Length} processes");
        Line("minutes", $"{(result.Until - result.From).TotalMinutes:0.0}");
        Line("clients", $"{result.Options.Clients} on {result.Options.Registers} registers, and a watch of each");
        text.AppendLine();
        Line("operations", $"{summary.Operations:N0}");
        Line("  acknowledged", $"{summary.Acknowledged:N0}, {summary.AcknowledgedSinceLastFault:N0} of them after the last fault");
        Line("  unknown", $"{summary.Unknown:N0} (may have happened, or happen yet)");
        Line("  failed", $"{summary.Failed:N0} (nothing happened)");
        Line("versions watched", $"{summary.WatchedVersions:N0}");
        text.AppendLine();
        Line("kills", Count(result, ProcessFaultKind.Kill));
        Line("pauses", Count(result, ProcessFaultKind.Pause));
        Line("restarts", Count(result, ProcessFaultKind.Restart));
        if (result.Options.Changes)
            WriteChanges(result, Line);
        Line("longest time without a successful write", $"{summary.LongestWithoutWrite.TotalSeconds:0.00} s");
        Line("latency of acknowledged operations", $"p50 {Milliseconds(summary.Median)}, p99 {Milliseconds(summary.NinetyNinth)}, longest {Milliseconds(summary.Longest)}");
        text.AppendLine();
        Line("verdict", $"{headline.Verdict}");
        foreach (var violation in result.Verdict.Violations.Take(MaxViolations))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {violation}");
        if (result.Verdict.Violations.Length > MaxViolations)
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {result.Verdict.Violations.Length - MaxViolations} more");
        if (result.Data is not null)
            Line("the silos' data", $"{result.Data}");
        return text.ToString();

        void Line(string name, FormattableString value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-40}{value.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void WriteChanges(ChaosResult result, Action<string, FormattableString> line)
    {
        var summary = new ChangeSummary(result);
        line("disks wiped", Count(result, ProcessFaultKind.Wipe));
        line("changes of the acceptor set", $"{result.Changes.Length}");
        foreach (var kind in Enum.GetValues<SetChangeKind>())
            line($"  {kind.ToString().ToLowerInvariant()}", $"{summary.Count(kind)}, {summary.CountCancelled(kind)} of them cancelled");
        line("  calls of the operator", $"{summary.Calls}, {summary.Refused} of them refused, {summary.Unanswered} not answered");
        line("  longest change", $"{summary.Longest.TotalSeconds:0.00} s");
        line("  longest without a successful write", $"{summary.LongestWithoutWrite.TotalSeconds:0.00} s");
    }

    private static FormattableString Count(ChaosResult result, ProcessFaultKind kind) => $"{result.Faults.Count(fault => fault.Kind == kind)}";

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
