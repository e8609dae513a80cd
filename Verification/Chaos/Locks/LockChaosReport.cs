using System.Globalization;
using System.Text;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>Writes the report of a run.</summary>
internal static class LockChaosReport
{
    private const int MaxViolations = 20;
    private const int MaxFailures = 5;

    /// <summary>Writes the report.</summary>
    /// <param name="result">The run.</param>
    /// <param name="commit">The commit that was tested.</param>
    public static string Write(LockChaosResult result, string commit)
    {
        var text = new StringBuilder();
        var violations = result.Violations;
        var writes = result.Histories.SelectMany(history => history.Writes).ToLookup(write => write.Outcome);
        var verdict = violations.IsEmpty ? $"exclusive{(result.IsInterrupted ? " until it was interrupted" : "")}" : $"BROKEN, violations: {violations.Length}";
        text.AppendLine(CultureInfo.InvariantCulture, $"Locks: {verdict}").AppendLine();
        Line("seed", $"{result.Options.Seed}");
        Line("commit", $"{commit}");
        Line("silos", $"{SiloCluster.Names.Length} processes");
        Line("holders", $"{result.Options.Holders} on {result.Options.Locks} locks, time-to-live {result.Options.TimeToLive.TotalSeconds} s");
        text.AppendLine();
        Line("acquisitions", $"{result.Acquisitions:N0}");
        Line("highest tokens", $"{string.Join(", ", result.Histories.Select(history => history.Diary.Select(line => line.Token).DefaultIfEmpty().Max()))}");
        Line("holders killed", $"{Count(HolderFaultKind.Kill)}");
        Line("holders paused", $"{Count(HolderFaultKind.ShortPause)} for less than their time-to-live, {Count(HolderFaultKind.LongPause)} for more");
        Line("silos killed, paused, restarted", $"{CountOfSilos(ProcessFaultKind.Kill)}, {CountOfSilos(ProcessFaultKind.Pause)}, {CountOfSilos(ProcessFaultKind.Restart)}");
        Line("exit codes of paxos lock", $"{string.Join(", ", result.Exits.CountBy(exit => exit.Code).OrderBy(code => code.Key).Select(code => $"{code.Key}: {code.Value}"))}");
        Line("longest from a death to the next holder", $"{result.Successions.DefaultIfEmpty().Max().TotalSeconds:0.00} s, of {result.Successions.Length}");
        Line("lines of a first moment after a pause", $"{result.Excused.Length}, the last one after {result.LongestMoment.TotalMilliseconds:0} ms");
        Line("writes under fences", $"{writes[GuardedOutcome.Written].Count()} written, {writes[GuardedOutcome.Fenced].Count()} refused by the fence, {writes[GuardedOutcome.Unknown].Count()} unknown");
        foreach (var failure in result.Exits.Where(exit => exit.IsFailure).CountBy(exit => (exit.Code, exit.Errors)).OrderByDescending(failure => failure.Value).Take(MaxFailures))
            Line("paxos lock found nobody", $"{failure.Value} times, exit code {failure.Key.Code}: {failure.Key.Errors}");
        foreach (var violation in violations.Take(MaxViolations))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {violation}");
        if (violations.Length > MaxViolations)
            text.AppendLine(CultureInfo.InvariantCulture, $"  and {violations.Length - MaxViolations} more");
        return text.ToString();

        int Count(HolderFaultKind kind) => result.HolderFaults.Count(fault => fault.Kind == kind);

        int CountOfSilos(ProcessFaultKind kind) => result.SiloFaults.Count(fault => fault.Kind == kind);

        void Line(string name, FormattableString value) => text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-40}{value.ToString(CultureInfo.InvariantCulture)}");
    }
}
