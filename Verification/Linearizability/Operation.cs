namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>A call of a client on a register, with its answer. A retried request is another operation with the same request id.</summary>
internal sealed record Operation
{
    public required int Client { get; init; }

    public required string Register { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>The request id of a change.</summary>
    public Guid RequestId { get; init; }

    /// <summary>The value that a change would write, or the number that it would add.</summary>
    public string Value { get; init; } = "";

    /// <summary>The version that a change expects; null when it expects none.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The fence that a change is sent behind; null for none.</summary>
    public Fence? Fence { get; init; }

    /// <summary>For a watch: the last version delivered before this batch.</summary>
    public long After { get; init; }

    /// <summary>When it was called: a number that grows across all clients. An operation precedes another when it returned before the other was invoked.</summary>
    public required long Invoked { get; init; }

    /// <summary>When it returned; null when it never did or its caller gave up, in which case it may still be in progress.</summary>
    public long? Returned { get; init; }

    public Answer Answer { get; init; }

    /// <summary>The entries in the answer, oldest first: at most one, or any number for a history or a watch.</summary>
    public ImmutableArray<Observed> Entries { get; init; } = [];

    /// <summary>For a watch: the highest version that it reported as removed from the history; 0 when there is none.</summary>
    public long CompactedThrough { get; init; }

    public bool IsChange => Kind is OperationKind.Set or OperationKind.CompareAndSet or OperationKind.Decide or OperationKind.Delete or OperationKind.Add;

    public bool IsAnswered => Returned is not null && Answer is not (Answer.Unknown or Answer.Unavailable);

    public bool IsRefusal => IsAnswered && Answer is Answer.VersionMismatch or Answer.AlreadyDecided or Answer.NotFound or Answer.Fenced or Answer.NotACounter;

    /// <summary>Whether the answer must be as recent as everything known before the call. This does not apply to the entry that a change wrote, because it may be the answer to an earlier call.</summary>
    public bool IsLinearizable => IsRefusal || (IsAnswered && Kind is OperationKind.Read or OperationKind.History);

    /// <summary>The highest version in the answer; 0 for none.</summary>
    public long ShownVersion => Entries.IsEmpty ? CompactedThrough : Entries[^1].Version;

    /// <summary>Whether both operations were in progress at the same moment.</summary>
    public bool Overlaps(Operation other) =>
        Invoked < (other.Returned ?? long.MaxValue) && other.Invoked < (Returned ?? long.MaxValue);

    /// <summary>What a change has written, if it wrote a version: all that a client knows when it is told no more than the version.</summary>
    public Observed WrittenAs(long version) => new(version, RequestId, Kind == OperationKind.Delete, Value) { IsTold = true };

    /// <summary>Who asked for what and when: a noun.</summary>
    public string Name() => $"client {Client}'s {Wish()}{(Fence is null ? "" : $" behind '{Fence}'")} ({Invoked} to {(Returned is { } returned ? returned : "never")})";

    /// <summary>Describes the call and its answer in a sentence.</summary>
    public string Describe() => $"{Name()} {Outcome()}";

    private string Wish() => Kind switch
    {
        OperationKind.Set => $"set of '{Value}'",
        OperationKind.CompareAndSet => $"compare-and-set of '{Value}' on version {ExpectedVersion}",
        OperationKind.Decide => $"decide of '{Value}'",
        OperationKind.Delete => ExpectedVersion is { } expected ? $"delete of version {expected}" : "delete",
        OperationKind.Add => $"addition of {Value}",
        OperationKind.StaleRead => "stale read",
        OperationKind.Watch => $"watch after version {After}",
        _ => Kind == OperationKind.Read ? "read" : "history",
    };

    private string Outcome() => Answer switch
    {
        _ when Returned is null => "had no answer",
        Answer.Unknown => "had no definite answer",
        Answer.Unavailable => "was told that nothing happened",
        Answer.Applied => $"was told that it wrote {Shown()}",
        Answer.Seen => $"was shown {Shown()}",
        _ => $"was refused and shown {Shown()}",
    };

    private string Shown() => Entries switch
    {
        [] => CompactedThrough > 0 ? $"that versions through {CompactedThrough} are gone" : "that it was never written",
        [var entry] => entry.Describe(),
        [var first, .., var last] => $"versions {first.Version} to {last.Version}",
    };
}
