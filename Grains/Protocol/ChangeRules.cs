namespace Orleans.Paxos.Protocol;

/// <summary>What became of changes that were judged on a state.</summary>
/// <param name="State">The state to propose: the one judged, with what the changes alter.</param>
/// <param name="Altered">Whether it differs from the one judged.</param>
/// <param name="Outcomes">One for each change; they hold once <paramref name="State"/> is known to be chosen.</param>
internal readonly record struct Judgement(RegisterState State, bool Altered, ImmutableArray<ChangeOutcome> Outcomes);

/// <summary>Applies changes to a state: the function that a proposer computes between its two phases. Pure.</summary>
internal static class ChangeRules
{
    /// <summary>The versions that a window has room for, however short the history.</summary>
    internal const int LeastWindow = 16;

    /// <summary>The most versions in a window, however many changes share a proposal.</summary>
    internal const int MaxWindow = 1024;

    /// <summary>Judges changes in their order, each on what those before it left.</summary>
    /// <param name="basis">The state to start from.</param>
    /// <param name="basisChosen">Whether it is known to be chosen; if not, its entries are proposed again with the new ones.</param>
    /// <param name="requests">The changes.</param>
    /// <param name="limits">How much history to keep.</param>
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
        var written = draft.Append(request);
        return new ChangeOutcome(ChangeStatus.Applied, written, draft.Version, written.Version);
    }

    /// <summary>A version was written with the request's id: by a copy of the request, or by another change. Its entry is the real one or none.</summary>
    private static ChangeOutcome WrittenBefore(StateDraft draft, Change change, long version)
    {
        var status = draft.Holds(version, change) ? ChangeStatus.Applied : ChangeStatus.RequestIdReused;
        return new ChangeOutcome(status, draft.EntryOf(version), draft.Version, version);
    }

    /// <summary>Why a request that was not applied yet is not applied now; null when it is.</summary>
    private static ChangeStatus? Obstacle(StateDraft draft, ChangeRequest request)
    {
        if (request.Floor < draft.ForgottenThrough)
            return ChangeStatus.BeyondWindow;
        if (ChangeCondition.Refusal(request.Change, draft.Version, draft.ExistedAt(draft.Version)) is { } refusal)
            return refusal;
        return HeldSinceFloor(draft, request) ? null : ChangeStatus.Outdated;
    }

    /// <summary>
    /// Whether the condition, which holds now, has held at every version since the request's floor. Where it has not, another
    /// copy of the request may have been refused, and what its sender was told must stay true.
    /// </summary>
    private static bool HeldSinceFloor(StateDraft draft, ChangeRequest request)
    {
        if (!request.Change.HasCondition)
            return true;
        for (var version = request.Floor; version < draft.Version; version++)
        {
            if (ChangeCondition.Refusal(request.Change, version, draft.ExistedAt(version)) is not null)
                return false;
        }

        return true;
    }
}
