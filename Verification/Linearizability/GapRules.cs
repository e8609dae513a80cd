namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// Versions that nobody was shown, below one that somebody was shown, were written too: by requests of which nobody knows what
/// became of them. Every way of filling the gaps is followed from the lowest version up; ways that used up the same requests
/// and left the same behind are one.
/// </summary>
internal static class GapRules
{
    public static void Check(RegisterHistory history, Findings findings, int waysLimit)
    {
        var gapCount = history.LastVersion - history.Chain.Count;
        var candidates = new GapCandidates(history);
        if (gapCount > candidates.Count)
        {
            findings.Add(ViolationKind.MissingWrite, $"{gapCount} versions through {history.LastVersion} were shown to nobody, and only {candidates.Count} requests can have written them.");
            return;
        }

        Fill(history, candidates, findings, waysLimit);
    }

    private static void Fill(RegisterHistory history, GapCandidates candidates, Findings findings, int waysLimit)
    {
        var ways = new HashSet<Filling> { new(0, 0, 0, Exists: false) };
        for (var version = 1L; version <= history.LastVersion; version++)
        {
            if (history.ExistsAt(version) is not null)
                continue;
            ways = [.. ways.SelectMany(way => Continue(way, version, history, candidates))];
            findings.Steps += ways.Count;
            if (ways.Count == 0)
            {
                findings.Add(ViolationKind.MissingWrite, $"version {version} was shown to nobody, and of the {candidates.Count} requests with unknown outcome none is left that can have written it.");
                return;
            }

            if (ways.Count > waysLimit)
            {
                findings.GiveUp($"there are more than {waysLimit} ways in which the versions through {version} may have been written.");
                return;
            }
        }
    }

    private static IEnumerable<Filling> Continue(Filling way, long version, RegisterHistory history, GapCandidates candidates)
    {
        var existsBefore = history.ExistsAt(version - 1) ?? way.Exists;
        var writerAbove = history.WriterOf(version + 1);
        Filling?[] filled = [way.WithValue(version, existsBefore, candidates), way.WithTombstone(version, existsBefore, candidates)];
        return filled.OfType<Filling>().Where(filling => writerAbove is null || writerAbove.Judge(version, filling.Exists) == Answer.Applied);
    }
}
