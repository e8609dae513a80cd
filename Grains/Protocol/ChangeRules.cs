namespace Orleans.Paxos.Protocol;

/// <summary>The result of judging changes on a state.</summary>
/// <param name="State">The state to propose: the judged state with the changes applied.</param>
/// <param name="Altered">Whether it differs from the judged state.</param>
/// <param name="Outcomes">One for each change; they hold once <paramref name="State"/> is known to be chosen.</param>
internal readonly record struct Judgement(RegisterState State, bool Altered, ImmutableArray<ChangeOutcome> Outcomes);

/// <summary>Applies changes to a state: the function that a proposer computes between its two phases. Pure.</summary>
internal static class ChangeRules
{
    /// <summary>The smallest capacity of a window, even if the history is shorter.</summary>
    internal const int LeastWindow = 16;

    /// <summary>The largest number of versions in a window, however many changes share a proposal.</summary>
    internal const int MaxWindow = 1024;

    /// <summary>Judges changes in order, each on the result of those before it.</summary>
    /// <param name="basis">The state to start from.</param>
    /// <param name="basisChosen">Whether that state is known to be chosen. If not, its entries are proposed again with the new
    /// ones.</param>
    /// <param name="requests">The changes.</param>
    /// <param name="limits">The limits of the history.</param>
    public static Judgement Judge(RegisterState basis, bool basisChosen, IReadOnlyList<ChangeRequest> requests, HistoryLimits limits)
    {
        var draft = new StateDraft(basis);
        var outcomes = ImmutableArray.CreateBuilder<ChangeOutcome>(requests.Count);
        foreach (var request in requests)
            outcomes.Add(JudgeOne(draft, request));
        return new Judgement(draft.Altered ? draft.ToState(basisChosen, limits) : basis, draft.Altered, outcomes.MoveToImmutable());
    }

    private static ChangeOutcome JudgeOne(StateDraft draft, ChangeRequest request)
    {
        if (draft.VersionOf(request.RequestId) is { } version)
            return WrittenBefore(draft, request.Change, version);
        if (Obstacle(draft, request) is { } status)
            return new ChangeOutcome(status, draft.Newest, draft.Version);
        var written = request.Change.Kind == ChangeKind.Restore ? draft.Begin(request.Change.Restored!) : draft.Append(request);
        return new ChangeOutcome(ChangeStatus.Applied, written, draft.Version, written.Version);
    }

    /// <summary>A version was written with the request's id: by a copy of the request, or by another change. Its entry is the real one or none.</summary>
    private static ChangeOutcome WrittenBefore(StateDraft draft, Change change, long version)
    {
        var status = draft.Holds(version, change) ? ChangeStatus.Applied : ChangeStatus.RequestIdReused;
        return new ChangeOutcome(status, draft.EntryOf(version), draft.Version, version);
    }

    /// <summary>Returns why a request that was not applied yet is not applied now; null when it is applied.</summary>
    private static ChangeStatus? Obstacle(StateDraft draft, ChangeRequest request)
    {
        if (request.Floor < draft.ForgottenThrough)
            return ChangeStatus.BeyondWindow;
        if (draft.Newest?.Guard is { } guard && request.Change.Fence is { } fence && !guard.Admits(fence))
            return ChangeStatus.Fenced;
        if (ChangeCondition.Refusal(request.Change, draft.FactsOf(draft.Version)) is { } refusal)
            return refusal;
        return HeldSinceFloor(draft, request) ? null : ChangeStatus.Outdated;
    }

    /// <summary>
    /// Whether the condition, which holds now, has held at every version since the request's floor. If it has not, another copy of the
    /// request may have been refused, and the answer to that copy must stay true.
    /// </summary>
    private static bool HeldSinceFloor(StateDraft draft, ChangeRequest request)
    {
        if (!request.Change.HasCondition)
            return true;
        if (request.Floor < draft.Origin && (request.Change.Fence is not null || !Holds(request.Change, VersionFacts.None with { Version = request.Floor })))
            return false; // at the floor it was deleted, and it has ended since
        for (var version = Math.Max(request.Floor, draft.Origin); version < draft.Version; version++)
        {
            if (!Holds(request.Change, version == draft.Origin ? VersionFacts.None : draft.FactsOf(version)))
                return false;
        }

        return request.Change.Fence is null || !GuardMayHaveGone(draft, request.Floor);
    }

    /// <summary>
    /// Whether a deletion since the floor may have taken a guard away. If not, guards have only risen, and a fence that is admitted now was admitted
    /// all along.
    /// </summary>
    private static bool GuardMayHaveGone(StateDraft draft, long floor)
    {
        for (var version = Math.Max(floor, draft.Origin) + 1; version <= draft.Version; version++)
        {
            if (draft.FactsOf(version).Exists != true)
                return true;
        }

        return false;
    }

    private static bool Holds(Change change, VersionFacts facts) => ChangeCondition.Refusal(change, facts) is null;
}
