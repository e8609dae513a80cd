namespace Orleans.Paxos;

/// <summary>What became of changes that were judged on a state.</summary>
/// <param name="State">The state to propose: the one judged, with what the changes alter.</param>
/// <param name="Altered">Whether it differs from the one judged.</param>
/// <param name="Outcomes">One for each change; they hold once <paramref name="State"/> is known to be chosen.</param>
internal readonly record struct Judgement(RegisterState State, bool Altered, ImmutableArray<ChangeOutcome> Outcomes);

/// <summary>Applies changes to a state: the function that a proposer computes between its two phases. Pure.</summary>
internal static class ChangeRules
{
    /// <summary>The most refusals that a state remembers; beyond it, a retried request is not judged.</summary>
    internal const int MaxRefusals = 64;

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
        if (draft.FindApplied(request) is { } applied)
            return new ChangeOutcome(ChangeStatus.Applied, applied, draft.Version);
        if (draft.FindRefusal(request.RequestId) is { } refused)
            return new ChangeOutcome(refused.Status, draft.Newest, draft.Version);
        if (request.Floor < draft.ForgottenThrough)
            return new ChangeOutcome(ChangeStatus.BeyondWindow, draft.Newest, draft.Version);
        if (Refusal(draft.Newest, request.Change) is { } status)
            return Refuse(draft, request, status);
        return new ChangeOutcome(ChangeStatus.Applied, draft.Append(request), draft.Version);
    }

    private static ChangeStatus? Refusal(RegisterEntry? newest, Change change)
    {
        if (change.ExpectedVersion is { } expected && expected != (newest?.Version ?? 0))
            return ChangeStatus.VersionMismatch;
        var exists = newest is { Deleted: false };
        return change.Kind switch
        {
            ChangeKind.Decide when exists => ChangeStatus.AlreadyDecided,
            ChangeKind.Delete when !exists => ChangeStatus.NotFound,
            _ => null,
        };
    }

    /// <summary>
    /// A refusal that a later state could turn into its opposite is recorded when another copy of the request may be
    /// under way: otherwise that copy could be applied after the caller was told that nothing was written.
    /// </summary>
    private static ChangeOutcome Refuse(StateDraft draft, ChangeRequest request, ChangeStatus status)
    {
        var final = status == ChangeStatus.VersionMismatch && request.Change.ExpectedVersion < draft.Version;
        if (!final && request.Retried)
        {
            if (!draft.TryRecord(new Refusal(request.RequestId, draft.Version, status)))
                return new ChangeOutcome(ChangeStatus.BeyondWindow, draft.Newest, draft.Version);
            final = true;
        }

        return new ChangeOutcome(status, draft.Newest, draft.Version) { Final = final };
    }
}
