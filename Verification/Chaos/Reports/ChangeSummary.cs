using Orleans.Paxos.Verification.Chaos.Changes;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Reports;

/// <summary>The figures of the changes of the acceptor set.</summary>
internal sealed class ChangeSummary(ChaosResult result)
{
    public int Calls => result.Changes.Sum(static change => change.Calls);

    public int Refused => result.Changes.Sum(static change => change.Refused);

    public int Unanswered => result.Changes.Sum(static change => change.Unanswered);

    public TimeSpan Longest => result.Changes.Select(static change => change.Until - change.From).DefaultIfEmpty().Max();

    /// <summary>The longest time during a change, and with at most one silo out of order, in which no write of any client was acknowledged.</summary>
    public TimeSpan LongestWithoutWrite
    {
        get
        {
            var writes = result.Calls.Where(static call => call.Operation.Answer == Answer.Applied).Select(static call => call.Ended).Order().ToList();
            return writes.Zip(writes.Skip(1)).Where(gap => IsDuringChange(gap.First, gap.Second)).Select(static gap => gap.Second - gap.First).DefaultIfEmpty().Max();
        }
    }

    public int Count(SetChangeKind kind) => result.Changes.Count(change => change.Kind == kind);

    public int CountCancelled(SetChangeKind kind) => result.Changes.Count(change => change.Kind == kind && change.IsCancelled);

    private bool IsDuringChange(TimeSpan from, TimeSpan until) =>
        result.Changes.Any(change => change.From < until && change.Until > from)
        && result.Faults.Where(fault => fault.From < until && fault.Until > from).Select(static fault => fault.Silo).Distinct().Count() <= 1;
}
