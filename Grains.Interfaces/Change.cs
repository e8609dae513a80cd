namespace Orleans.Paxos;

/// <summary>What a change does to a register.</summary>
public enum ChangeKind
{
    /// <summary>Writes a value regardless of what the register holds.</summary>
    Set = 0,

    /// <summary>
    /// Writes a value if the newest version is the expected one. Version 0 stands for a register that was never written, or was
    /// forgotten after it was deleted.
    /// </summary>
    CompareAndSet = 1,

    /// <summary>Writes a value if the register has none: never written, deleted, or forgotten.</summary>
    Decide = 2,

    /// <summary>
    /// Writes a tombstone if the register has a value and its newest version is the expected one, when one is expected.
    /// </summary>
    Delete = 3,

    /// <summary>
    /// Adds a number to a counter: a register whose value is a whole number in decimal digits. One without a value counts as 0.
    /// </summary>
    Add = 4,

    /// <summary>
    /// Writes a history from a backup (<see cref="Change.Restored"/>), if the register has no version: it was never written, or was forgotten.
    /// </summary>
    Restore = 5,
}

/// <summary>A change to a register, as data.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Value">The value to write; for <see cref="ChangeKind.Add"/> the number to add, in decimal digits; empty for
/// <see cref="ChangeKind.Delete"/>. Do not modify it.</param>
/// <param name="ExpectedVersion">The version that the change requires; null when it requires none.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.Change")]
public sealed record Change(
    [property: Id(0)] ChangeKind Kind,
    [property: Id(1)] byte[] Value,
    [property: Id(2)] long? ExpectedVersion)
{
    /// <summary>
    /// The fence that a holder of a lock writes behind; null for none. The register refuses the change if it has seen a higher token of that lock, or
    /// is fenced by another lock (<see cref="RegisterEntry.Guard"/>).
    /// </summary>
    [Id(3)]
    public Fence? Fence { get; init; }

    /// <summary>The session that the value written belongs to; null for none. When the session has ended, the value is deleted.</summary>
    [Id(4)]
    public Guid? Session { get; init; }

    /// <summary>
    /// The history that a <see cref="ChangeKind.Restore"/> writes, oldest first and without gaps; null for every other kind. If the register
    /// begins above the first of these versions, all of them are raised by the same number.
    /// </summary>
    [Id(5)]
    public RegisterHistory? Restored { get; init; }

    /// <summary>Whether a register may refuse the change; only a set without an expected version and without a fence is always applied.</summary>
    public bool HasCondition => Kind != ChangeKind.Set || ExpectedVersion is not null || Fence is not null;

    /// <summary>Creates a change that writes <paramref name="value"/> regardless of what the register holds.</summary>
    /// <param name="value">The value. Do not modify it afterwards.</param>
    /// <returns>The change.</returns>
    public static Change Set(byte[] value) => new(ChangeKind.Set, value, null);

    /// <summary>Creates a change that writes <paramref name="value"/> if the newest version is <paramref name="expectedVersion"/>.</summary>
    /// <param name="value">The value. Do not modify it afterwards.</param>
    /// <param name="expectedVersion">The expected version; 0 for a register that was never written, or was forgotten.</param>
    /// <returns>The change.</returns>
    public static Change CompareAndSet(byte[] value, long expectedVersion) => new(ChangeKind.CompareAndSet, value, expectedVersion);

    /// <summary>Creates a change that writes <paramref name="value"/> if the register has no value.</summary>
    /// <param name="value">The value. Do not modify it afterwards.</param>
    /// <returns>The change.</returns>
    public static Change Decide(byte[] value) => new(ChangeKind.Decide, value, null);

    /// <summary>Creates a change that deletes the register's value.</summary>
    /// <param name="expectedVersion">The expected version; null for any version.</param>
    /// <returns>The change.</returns>
    public static Change Delete(long? expectedVersion = null) => new(ChangeKind.Delete, [], expectedVersion);

    /// <summary>Creates a change that adds a number to a counter.</summary>
    /// <param name="amount">The number to add, which may be negative; its absolute value is at most <see cref="CounterValue.Largest"/>.</param>
    /// <returns>The change. The value written is in <see cref="ChangeOutcome.Entry"/>.</returns>
    public static Change Add(long amount) => new(ChangeKind.Add, CounterValue.Format(amount), null);

    /// <summary>Creates a change that writes a history from a backup, if the register has no version.</summary>
    /// <param name="history">The history. Its versions are where they are to be in this cluster, at least.</param>
    /// <returns>The change. Its request id is that of the newest entry.</returns>
    public static Change Restore(RegisterHistory history) => new(ChangeKind.Restore, [], null) { Restored = history };

    /// <summary>Checks that a register can make the change.</summary>
    /// <exception cref="ArgumentException">No register can make the change; the message says why.</exception>
    public void Validate()
    {
        if (Problem() is { } problem)
            throw new ArgumentException(problem);
    }

    private string? Problem() => this switch
    {
        { Value: null } => "The change has no value. An empty value is an empty array.",
        { ExpectedVersion: < 0 } => $"The expected version is {ExpectedVersion}; a version is 0 or more.",
        { Kind: ChangeKind.CompareAndSet, ExpectedVersion: null } => "A compare-and-set needs an expected version; 0 stands for a register that was never written, or was forgotten.",
        { Kind: ChangeKind.Delete, Value.Length: > 0 } => "A deletion has no value.",
        { Kind: ChangeKind.Delete, Session: not null } => "A deletion belongs to no session: it leaves no value.",
        { Kind: ChangeKind.Add } when CounterValue.Parse(Value) is null => $"What is added is not a whole number from {-CounterValue.Largest} to {CounterValue.Largest}.",
        { Kind: ChangeKind.Restore } => ProblemOfRestored(),
        { Restored: not null } => "Only a restore writes a history.",
        { Kind: < ChangeKind.Set or > ChangeKind.Restore } => $"{(int)Kind} is not a kind of change.",
        _ => Fence?.Problem(),
    };

    private string? ProblemOfRestored()
    {
        if (Value.Length > 0 || ExpectedVersion is not null || Fence is not null || Session is not null)
            return "A restore has a history, and nothing else.";
        if (Restored is not { Entries: { IsDefaultOrEmpty: false } entries } || entries[^1] is not { } newest)
            return "A restore has no history.";
        if (newest.Session is not null)
            return "A session is not restored, so no value belongs to one.";
        if (Restored.Forgotten < 0 || Restored.Forgotten > newest.Version - entries.Length)
            return "What is forgotten of a history is 0 or more, and below its first version.";
        for (var index = 0; index < entries.Length; index++)
        {
            var entry = entries[index];
            if (entry is not { Value: not null } || entry.Version < 1 || entry.Version != newest.Version - (entries.Length - 1 - index))
                return "The versions of a history are 1 or more, and have no gaps.";
            if (entry.RequestId == Guid.Empty || (entry.Deleted && entry.Value.Length > 0))
                return $"Version {entry.Version} of a history has no request id, or is a tombstone with a value.";
            if (entry.Guard?.Problem() is { } problem)
                return problem;
        }

        return null;
    }
}

/// <summary>A change, with the data that makes it safe to send more than once.</summary>
/// <param name="RequestId">Identifies the request. However often it is sent, it is applied at most once.</param>
/// <param name="Change">What to do.</param>
/// <param name="At">The UTC time of the request, which becomes <see cref="RegisterEntry.At"/>. Every copy of a request carries the same
/// time.</param>
/// <param name="Floor">A version that was chosen before this copy of the request was first sent; 0 when none is known. This request
/// cannot have written a version up to the floor, so if it is not found among the later versions, it was never applied. A change with a
/// condition is applied only if the condition has held at every version from the floor on, so no copy is applied after another copy was
/// refused.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ChangeRequest")]
public sealed record ChangeRequest(
    [property: Id(0)] Guid RequestId,
    [property: Id(1)] Change Change,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] long Floor)
{
    /// <summary>
    /// The maximum age, one minute, of a floor that a register's grain can raise. The grain remembers for this long which requests wrote
    /// which versions.
    /// </summary>
    public static readonly TimeSpan LongestFloorAge = TimeSpan.FromMinutes(1);
}

/// <summary>How a change ended.</summary>
public enum ChangeStatus
{
    /// <summary>The change was written. It is durable on a majority, and every later version builds on it.</summary>
    Applied = 0,

    /// <summary>The newest version was not the expected one; nothing was written.</summary>
    VersionMismatch = 1,

    /// <summary>The register has a value already; nothing was written.</summary>
    AlreadyDecided = 2,

    /// <summary>There was no value to delete; nothing was written.</summary>
    NotFound = 3,

    /// <summary>
    /// The change's condition holds now, but, as far as the window shows, it did not hold at every version since
    /// <see cref="ChangeRequest.Floor"/>. No copy of the request with this floor was or will be applied. If the request is sent again
    /// with <see cref="ChangeOutcome.Version"/> as its floor, it is judged anew.
    /// </summary>
    Outdated = 4,

    /// <summary>
    /// More versions were chosen since <see cref="ChangeRequest.Floor"/> than the window remembers, so the request may have been applied
    /// and forgotten. Whether it was applied is unknown. No copy with this floor was applied just now, and none will be.
    /// </summary>
    BeyondWindow = 5,

    /// <summary>
    /// Another change with the same request id was applied before, as <see cref="ChangeOutcome.WrittenVersion"/>; nothing was written now. A
    /// copy of this change that is still under way may be applied once the register has forgotten that version: give a new change a new id.
    /// </summary>
    RequestIdReused = 6,

    /// <summary>
    /// The register has seen a higher fencing token than the change's, or is fenced by another lock; nothing was written.
    /// <see cref="RegisterEntry.Guard"/> of the newest entry says which.
    /// </summary>
    Fenced = 7,

    /// <summary>
    /// The register's value is not a whole number from -<see cref="CounterValue.Largest"/> to <see cref="CounterValue.Largest"/>, so nothing can be
    /// added to it; nothing was written.
    /// </summary>
    NotACounter = 8,
}

/// <summary>The answer to a change.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Entry">
/// When a version was written with the request id, now or before, its entry, null when the history no longer has it; otherwise the newest
/// entry, null when the register was never written, or was forgotten.
/// </param>
/// <param name="Version">The register's newest version when the change was judged.</param>
/// <param name="WrittenVersion">
/// The version that was written with the request id, now or before: by this change when <paramref name="Status"/> is
/// <see cref="ChangeStatus.Applied"/>, by another one when it is <see cref="ChangeStatus.RequestIdReused"/>; otherwise null.
/// </param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.ChangeOutcome")]
public sealed record ChangeOutcome(
    [property: Id(0)] ChangeStatus Status,
    [property: Id(1)] RegisterEntry? Entry,
    [property: Id(2)] long Version,
    [property: Id(3)] long? WrittenVersion = null);
