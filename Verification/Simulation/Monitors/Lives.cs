using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>
/// The lives of a register that was forgotten and written again, told as one. To those who use it, forgetting is visible in two ways only:
/// versions are left out between two lives, and a deleted register may look as if it was never written. This numbers the versions without
/// holes and shows the tombstone instead of nothing, so that the checker can judge the rest.
/// </summary>
internal sealed class Lives
{
    private readonly ChosenChain _chain;
    private readonly long[] _versions;

    public Lives(ChosenChain chain)
    {
        _chain = chain;
        _versions = [.. chain.Items.Keys];
    }

    /// <summary>Tells the calls of clients on the register as those on one that was never forgotten.</summary>
    public IEnumerable<Operation> Told(IReadOnlyList<Operation> operations)
    {
        var renumbered = operations.Select(Renumbered).ToList();
        var knowledge = new Knowledge(renumbered);
        var told = renumbered.Select(operation => IsNothing(operation) ? AsTombstone(operation, knowledge) : operation).ToList();
        var expected = told.Where(static operation => operation.IsRefusal && ExpectedOf(operation) != operation.ExpectedVersion)
            .DistinctBy(static operation => operation.RequestId)
            .ToDictionary(static operation => operation.RequestId, ExpectedOf);
        return told.Select(operation => expected.TryGetValue(operation.RequestId, out var version) ? operation with { ExpectedVersion = version } : operation);
    }

    private static bool IsNothing(Operation operation) => operation.Entries.IsEmpty && operation.IsLinearizable;

    /// <summary>
    /// The version that a change that was refused seems to have expected: another one, if it was refused because that was forgotten; and the
    /// tombstone's, if it expected none and met none.
    /// </summary>
    private static long? ExpectedOf(Operation refused) => (refused.Answer, refused.ExpectedVersion) switch
    {
        (Answer.VersionMismatch, { } expected) when expected == refused.ShownVersion => long.MaxValue,
        (Answer.NotFound, 0) => refused.ShownVersion,
        _ => refused.ExpectedVersion,
    };

    private Operation AsTombstone(Operation operation, Knowledge knowledge)
    {
        var known = knowledge.VersionBefore(operation.Invoked);
        var shown = _chain.Ends.FirstOrDefault(tombstone => known > 0 && Number(tombstone) >= known);
        return _chain.Items.TryGetValue(shown, out var item) // not there if the register ended where nothing was deleted, which the chain reports
            ? operation with { Entries = [new Observed(Number(shown), item.RequestId, Deleted: true, "")] }
            : operation;
    }

    private Operation Renumbered(Operation operation)
    {
        var (after, compacted) = (KnownNumber(operation.After), KnownNumber(operation.CompactedThrough));
        return operation with
        {
            After = after,
            CompactedThrough = compacted > after ? compacted : 0,
            Entries = [.. operation.Entries.Select(entry => entry with { Version = Number(entry.Version) })],
            ExpectedVersion = operation.ExpectedVersion is { } expected ? Expected(operation.RequestId, expected) : null,
        };
    }

    /// <summary>A change that expects no version, and wrote the first version of a life, has met the tombstone before it.</summary>
    private long Expected(Guid requestId, long expected)
    {
        if (expected > 0)
            return Number(expected);
        var first = _chain.Origins.Select(static origin => origin + 1).FirstOrDefault(version => _chain.Items.TryGetValue(version, out var item) && item.RequestId == requestId);
        return first == 0 ? 0 : Number(first) - 1;
    }

    private long KnownNumber(long version) => Math.Min(Number(version), _versions.Length);

    /// <summary>How many versions there are up to one.</summary>
    private long Number(long version)
    {
        var index = Array.BinarySearch(_versions, version);
        return (index >= 0 ? index + 1 : ~index) + Math.Max(0, version - (_versions.Length == 0 ? 0 : _versions[^1]));
    }
}
