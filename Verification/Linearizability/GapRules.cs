namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>
/// Checks the versions that no client saw, below one that a client did see. Requests with an unknown outcome must have written
/// them. The checker follows every way to fill the gaps from the lowest version up, and merges ways that used the same
/// requests and left the same state. It does not follow guards and sums through a gap: there it takes every fence and every addition for possible.
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
        return filled.OfType<Filling>().Where(filling => writerAbove is null || writerAbove.MayBeAnswered(Answer.Applied, Standing.Unseen(version, filling.Exists)));
    }
}
