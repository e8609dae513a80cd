using System.Globalization;

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
        entry.Deleted == (Change.Kind == OperationKind.Delete) && (entry.Deleted || HasValueOf(entry));

    /// <summary>Whether a register may give this answer to the request at a version, of which not everything need be known.</summary>
    public bool MayBeAnswered(Answer answer, Standing at)
    {
        var admitted = at.Admits(Change.Fence);
        return Either(at.Exists).Any(exists => Either(admitted).Any(admits => Either(at.IsCounter).Any(isCounter => Judge(at.Version, exists, admits, isCounter) == answer)));
    }

    private Answer Judge(long version, bool exists, bool isAdmitted, bool isCounter) => Change switch
    {
        _ when !isAdmitted => Answer.Fenced,
        { ExpectedVersion: { } expected } when expected != version => Answer.VersionMismatch,
        { Kind: OperationKind.Decide } when exists => Answer.AlreadyDecided,
        { Kind: OperationKind.Delete } when !exists => Answer.NotFound,
        { Kind: OperationKind.Add } when !isCounter => Answer.NotACounter,
        _ => Answer.Applied,
    };

    /// <summary>What an addition leaves depends on the entry before it.</summary>
    private bool HasValueOf(Observed entry) => Change.Kind == OperationKind.Add
        ? long.TryParse(entry.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        : entry.Value == Change.Value;

    private static bool[] Either(bool? known) => known switch
    {
        true => [true],
        false => [false],
        null => [true, false],
    };

    private bool IsAnotherChange(Operation call) =>
        (call.Kind, call.Value, call.ExpectedVersion, call.Fence) != (Change.Kind, Change.Value, Change.ExpectedVersion, Change.Fence);
}
