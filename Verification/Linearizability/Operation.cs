namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>One call of one client on one register, and what it was told. A request that is sent again is another operation with the same request id.</summary>
internal sealed record Operation
{
    public required int Client { get; init; }

    public required string Register { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>Of a change.</summary>
    public Guid RequestId { get; init; }

    /// <summary>What a change would write.</summary>
    public string Value { get; init; } = "";

    /// <summary>The version that a change expects, if it does.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Of a watch: the version delivered last before this batch.</summary>
    public long After { get; init; }

    /// <summary>When it was called: a number that grows over all clients. One operation precedes another when it returned before that was invoked.</summary>
    public required long Invoked { get; init; }

    /// <summary>When it returned; null when it never did, or its caller gave up on it: then it may still be under way.</summary>
    public long? Returned { get; init; }

    public Answer Answer { get; init; }

    /// <summary>What it was shown: one entry or none, or for a history and a watch as many as there were, oldest first.</summary>
    public ImmutableArray<Observed> Entries { get; init; } = [];

    /// <summary>Of a watch: the last of the versions it was told had left the history; 0 when none had.</summary>
    public long CompactedThrough { get; init; }

    public bool IsChange => Kind is OperationKind.Set or OperationKind.CompareAndSet or OperationKind.Decide or OperationKind.Delete;

    public bool IsAnswered => Returned is not null && Answer is not (Answer.Unknown or Answer.Unavailable);

    public bool IsRefusal => IsAnswered && Answer is Answer.VersionMismatch or Answer.AlreadyDecided or Answer.NotFound;

    /// <summary>Whether what it was shown has to be as new as everything known before. The entry that a change wrote need not be: it may be the answer to an earlier call.</summary>
    public bool IsLinearizable => IsRefusal || (IsAnswered && Kind is OperationKind.Read or OperationKind.History);

    /// <summary>The highest version it was shown or told of; 0 for none.</summary>
    public long ShownVersion => Entries.IsEmpty ? CompactedThrough : Entries[^1].Version;

    /// <summary>Whether there was a moment at which both were under way.</summary>
    public bool Overlaps(Operation other) =>
        Invoked < (other.Returned ?? long.MaxValue) && other.Invoked < (Returned ?? long.MaxValue);

    /// <summary>What a change has written, if it wrote a version: all that a client knows when it is told no more than the version.</summary>
    public Observed WrittenAs(long version) => new(version, RequestId, Kind == OperationKind.Delete, Value);

    /// <summary>Who asked for what and when: a noun.</summary>
    public string Name() => $"client {Client}'s {Wish()} ({Invoked} to {(Returned is { } returned ? returned : "never")})";

    /// <summary>Who asked for what, and what he was told: a sentence.</summary>
    public string Describe() => $"{Name()} {Outcome()}";

    private string Wish() => Kind switch
    {
        OperationKind.Set => $"set of '{Value}'",
        OperationKind.CompareAndSet => $"compare-and-set of '{Value}' on version {ExpectedVersion}",
        OperationKind.Decide => $"decide of '{Value}'",
        OperationKind.Delete => ExpectedVersion is { } expected ? $"delete of version {expected}" : "delete",
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
