namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>A change: all calls with the same request id. Together they take effect once or never.</summary>
internal sealed class Request
{
    public Request(IReadOnlyList<Operation> calls)
    {
        Calls = calls;
        Change = calls[0];
        if (Change.ExpectedVersion is not null && Change.Kind is not (OperationKind.CompareAndSet or OperationKind.Delete))
            throw new ArgumentException($"A {Change.Kind} expects no version: {Change.Describe()}.", nameof(calls));
        if (calls.FirstOrDefault(IsAnotherChange) is { } other)
            throw new ArgumentException($"Two changes share a request id: {Change.Describe()}, and {other.Describe()}.", nameof(calls));
        IsAcknowledged = calls.Any(call => call.Answer == Answer.Applied);
        var refusals = calls.Where(call => call.IsRefusal).ToList();
        var effective = calls.Where(call => call.Answer is (Answer.Applied or Answer.Unknown) && refusals.All(call.Overlaps)).ToList();
        MayHaveEffect = effective.Count > 0;
        RefusedThrough = refusals.Select(call => call.ShownVersion).DefaultIfEmpty(-1).Max();
        EffectiveFrom = effective.Select(call => call.Invoked).DefaultIfEmpty(Change.Invoked).Min();
    }

    public IReadOnlyList<Operation> Calls { get; }

    /// <summary>The requested change, which is the same in every call.</summary>
    public Operation Change { get; }

    /// <summary>Whether a call was answered that the change was applied.</summary>
    public bool IsAcknowledged { get; }

    /// <summary>
    /// Whether the answers confirm that the change was applied or leave it open. A refusal is final, except for another call
    /// that was still in progress.
    /// </summary>
    public bool MayHaveEffect { get; }

    /// <summary>The highest version at which a call was refused: up to it, the request had written nothing. -1 when no call was refused.</summary>
    public long RefusedThrough { get; }

    /// <summary>When the first call that may have had an effect was invoked.</summary>
    public long EffectiveFrom { get; }

    /// <summary>Whether an entry with this request's id is what the request would write.</summary>
    public bool Writes(Observed entry) =>
        entry.Deleted == (Change.Kind == OperationKind.Delete) && (entry.Deleted || entry.Value == Change.Value);

    /// <summary>Gets the answer to the request from a register at a version, with or without a value.</summary>
    public Answer Judge(long version, bool exists) => Change switch
    {
        { ExpectedVersion: { } expected } when expected != version => Answer.VersionMismatch,
        { Kind: OperationKind.Decide } when exists => Answer.AlreadyDecided,
        { Kind: OperationKind.Delete } when !exists => Answer.NotFound,
        _ => Answer.Applied,
    };

    private bool IsAnotherChange(Operation call) =>
        (call.Kind, call.Value, call.ExpectedVersion) != (Change.Kind, Change.Value, Change.ExpectedVersion);
}
