using System.Globalization;

namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>Summarizes a run in one line.</summary>
internal sealed class ChaosHeadline(ChaosResult result)
{
    /// <summary>The verdict in a few words.</summary>
    public string Verdict => result switch
    {
        { Verdict.Violations: [_, ..] violations } => $"NOT LINEARIZABLE, violations: {violations.Length}",
        { Verdict.Undecided: { } reason } => $"UNDECIDED: {reason}",
        { Silent: [_, ..] silent } => $"LINEARIZABLE, BUT NO WRITE of {string.Join(", ", silent)} after the last fault",
        { Unfinished: { Length: > 0 } waiting } => $"LINEARIZABLE, BUT A CHANGE OF THE ACCEPTOR SET DID NOT END: {waiting}",
        { IsInterrupted: true } => "linearizable until it was interrupted",
        _ => "linearizable",
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict}: {new ChaosSummary(result).Operations:N0} operations, {result.Faults.Length} faults, {(result.Until - result.From).TotalMinutes:0.0} minutes");
}
