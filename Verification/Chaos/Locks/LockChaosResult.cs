using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The result of a run.</summary>
/// <param name="Options">The options of the run.</param>
/// <param name="Histories">What is known of each lock.</param>
/// <param name="HolderFaults">The faults of the holders.</param>
/// <param name="SiloFaults">The faults of the silos.</param>
/// <param name="Exits">How the runs of <c>paxos lock</c> ended.</param>
/// <param name="CalmFrom">When the last fault was over, on the clock of <see cref="Uptime"/>.</param>
/// <param name="IsInterrupted">Whether the run was canceled before its time was over.</param>
internal sealed record LockChaosResult(
    LockChaosOptions Options,
    ImmutableArray<LockHistory> Histories,
    ImmutableArray<HolderFault> HolderFaults,
    ImmutableArray<ProcessFault> SiloFaults,
    ImmutableArray<HolderExit> Exits,
    TimeSpan CalmFrom,
    bool IsInterrupted)
{
    private readonly LockRules _rules = new(HolderFaults, Options.TimeToLive);

    /// <summary>All that breaks a rule.</summary>
    public ImmutableArray<string> Violations => [.. Histories.SelectMany(_rules.Violations), .. Silent(), .. Unexplained()];

    /// <summary>The lines that the first moment after a pause excuses.</summary>
    public ImmutableArray<DiaryLine> Excused => [.. Histories.SelectMany(_rules.Excused)];

    /// <summary>How often a lock was acquired.</summary>
    public int Acquisitions => Histories.Sum(history => history.Diary.Count(line => line.Mark == DiaryMark.Begin));

    /// <summary>How long it took from the death of each holder until the next one had the lock.</summary>
    public ImmutableArray<TimeSpan> Successions =>
    [
        .. from history in Histories
           from kill in HolderFaults
           where kill.Kind == HolderFaultKind.Kill && history.Diary.LastOrDefault(line => line.Holder == kill.Holder) is { Mark: not DiaryMark.End }
           let next = history.Diary.FirstOrDefault(line => line.Mark == DiaryMark.Begin && line.At >= kill.From && line.Holder != kill.Holder)
           where next is not null
           select next.At - kill.From,
    ];

    /// <summary>How long after it went on the last line was written by a holder that had lost its lock while it stood still.</summary>
    public TimeSpan LongestMoment =>
        (from line in Excused
         from pause in HolderFaults
         where pause.Holder == line.Holder && pause.Kind != HolderFaultKind.Kill && line.At > pause.Until
         select line.At - pause.Until).DefaultIfEmpty().Max();

    private IEnumerable<string> Silent() =>
        from history in Histories
        where !IsInterrupted && !history.Diary.Any(line => line.Mark == DiaryMark.Begin && line.At >= CalmFrom)
        select $"lock {history.Lock}: nobody acquired it after the last fault";

    private IEnumerable<string> Unexplained() =>
        from exit in Exits
        where !exit.IsExplained
        select $"holder {exit.Holder}: paxos lock ended with {exit.Code}: {exit.Errors}";
}
