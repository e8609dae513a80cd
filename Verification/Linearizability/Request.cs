namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>A change: all calls with one request id, however often it was sent. They take effect once or never.</summary>
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

    /// <summary>What is asked for; the same in every call.</summary>
    public Operation Change { get; }

    /// <summary>Whether some call was told that the change was applied.</summary>
    public bool IsAcknowledged { get; }

    /// <summary>
    /// Whether what the calls were told leaves it open that the change was applied, or says so. A refusal is for good, except for
    /// another call that was still under way.
    /// </summary>
    public bool MayHaveEffect { get; }

    /// <summary>The highest version at which some call was refused: up to there, the request had written nothing. -1 when none was.</summary>
    public long RefusedThrough { get; }

    /// <summary>When the first call was invoked that may have had an effect.</summary>
    public long EffectiveFrom { get; }

    /// <summary>Whether an entry with this request's id is what the request writes.</summary>
    public bool Writes(Observed entry) =>
        entry.Deleted == (Change.Kind == OperationKind.Delete) && (entry.Deleted || entry.Value == Change.Value);

    /// <summary>What the request is answered by a register at a version, which has a value or has none.</summary>
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
