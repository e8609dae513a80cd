using System.Globalization;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>
/// Judges what the holders of a lock have written. A token is held from its first line to its last. Time is needed for one thing only: to tell what a holder
/// that stood still wrote in its first moment from what it must not have written.
/// </summary>
/// <param name="faults">The faults of the holders.</param>
/// <param name="timeToLive">The time-to-live of their sessions.</param>
internal sealed class LockRules(IEnumerable<HolderFault> faults, TimeSpan timeToLive)
{
    /// <summary>
    /// How long the command of a holder that stood still may act before <c>paxos lock</c> has ended it. Nobody can promise any bound (docs/coordination.md);
    /// this one is what a machine with ten times as much to do as it can needs to run a process that it lets go on.
    /// </summary>
    public static readonly TimeSpan FirstMoment = TimeSpan.FromMilliseconds(500);

    private readonly ILookup<string, HolderFault> _pauses = faults.Where(fault => fault.Kind != HolderFaultKind.Kill).ToLookup(fault => fault.Holder);
    private readonly ILookup<string, HolderFault> _kills = faults.Where(fault => fault.Kind == HolderFaultKind.Kill).ToLookup(fault => fault.Holder);

    /// <summary>Finds everything that breaks a rule, with the lines that do.</summary>
    public IEnumerable<string> Violations(LockHistory history) =>
    [
        .. Shared(history.Diary).Concat(Overlaps(history.Diary)).Concat(Survivors(history.Diary)).Concat(Ghosts(history.Diary))
            .Concat(Falling(history)).Concat(WronglyFenced(history.Writes)).Select(violation => $"lock {history.Lock}: {violation}"),
    ];

    /// <summary>The lines of holders that another has followed already, and that the first moment after a pause excuses.</summary>
    public IEnumerable<DiaryLine> Excused(LockHistory history) => Late(history.Diary).Where(IsExcused).Select(late => late.Line);

    /// <summary>One token, one holder, and one beginning.</summary>
    private static IEnumerable<string> Shared(ImmutableArray<DiaryLine> diary) =>
        from begins in diary.Where(line => line.Mark == DiaryMark.Begin).GroupBy(line => line.Token)
        where begins.Count() > 1
        select $"token {begins.Key} was handed out {begins.Count()} times: {string.Join(", ", begins)}";

    /// <summary>Who was followed by a higher token is silent; so tokens rise, and none is held while another is.</summary>
    private IEnumerable<string> Overlaps(ImmutableArray<DiaryLine> diary) =>
        from late in Late(diary)
        where !IsExcused(late)
        select $"'{late.Line}' was written after '{late.Follower}'";

    /// <summary>Who stood still for its time-to-live has lost the lock, whether another has it or not, and is ended at once.</summary>
    private IEnumerable<string> Survivors(ImmutableArray<DiaryLine> diary)
    {
        var begins = diary.Where(line => line.Mark == DiaryMark.Begin).ToLookup(line => line.Holder, line => line.At);
        return
            from line in diary
            from pause in _pauses[line.Holder]
            where pause.Until - pause.From >= timeToLive && begins[line.Holder].Any(begin => begin < pause.From) && line.At > pause.Until + FirstMoment
            select Said(line, "was written by a holder that stood still", pause);
    }

    /// <summary>Who was killed writes nothing more.</summary>
    private IEnumerable<string> Ghosts(ImmutableArray<DiaryLine> diary) =>
        from line in diary
        from kill in _kills[line.Holder]
        where line.At > kill.Until + Uptime.Unit
        select Said(line, "was written by a holder that was killed", kill);

    /// <summary>The tokens that a register shows under fences never fall from one version to the next.</summary>
    private static IEnumerable<string> Falling(LockHistory history)
    {
        var shown = history.Writes.Where(write => write.Outcome == GuardedOutcome.Written).Select(write => (write.Version, write.Token)).Union(history.Register).Order().ToList();
        return
            from pair in shown.Zip(shown.Skip(1))
            where pair.Second.Token < pair.First.Token || pair.Second.Version == pair.First.Version
            select $"its register has token {pair.First.Token} in version {pair.First.Version}, and token {pair.Second.Token} in version {pair.Second.Version}";
    }

    /// <summary>A fence refuses those only who are behind another that has written, or may have.</summary>
    private static IEnumerable<string> WronglyFenced(ImmutableArray<GuardedWrite> writes) =>
        from write in writes
        where write.Outcome == GuardedOutcome.Fenced && !writes.Any(other => other.Token > write.Token && other.Outcome != GuardedOutcome.Fenced)
        select $"a write with token {write.Token} was refused by the fence, and no later token was written";

    /// <summary>Pairs each line that comes after the beginning of a higher token with the first such beginning.</summary>
    private static IEnumerable<(DiaryLine Line, DiaryLine Follower)> Late(ImmutableArray<DiaryLine> diary)
    {
        var begun = new List<DiaryLine>();
        foreach (var line in diary)
        {
            if (begun.Find(other => other.Token > line.Token) is { } follower)
                yield return (line, follower);
            if (line.Mark == DiaryMark.Begin)
                begun.Add(line);
        }
    }

    /// <summary>Whether the follower began when the holder stood still, or had just gone on, and the line is of its first moment.</summary>
    private bool IsExcused((DiaryLine Line, DiaryLine Follower) late) =>
        _pauses[late.Line.Holder].Any(pause => late.Follower.At >= pause.From && late.Line.At <= pause.Until + FirstMoment);

    private static string Said(DiaryLine line, string what, HolderFault fault) =>
        string.Create(CultureInfo.InvariantCulture, $"'{line}' {what} from {fault.From.TotalSeconds:0.00} to {fault.Until.TotalSeconds:0.00}");
}
