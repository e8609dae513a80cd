using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>
/// I4: what each chosen version of a register holds. That follows from the change that wrote it and from the version before it. So a fence is admitted
/// only if no higher one of its lock was seen before, and none of another lock, unless a deletion without a fence came between.
/// </summary>
/// <param name="changeOf">Gets the change of a request; null if it is not known.</param>
internal sealed class EntryLedger(Func<Guid, Change?> changeOf)
{
    private readonly Dictionary<long, Content> _contents = [];

    /// <summary>How many changes it has followed that had a fence.</summary>
    public int Fenced { get; private set; }

    /// <summary>How many additions it has followed.</summary>
    public int Additions { get; private set; }

    /// <summary>Records that a state was chosen.</summary>
    /// <returns>The violation; null when there is none.</returns>
    public string? Chosen(RegisterState state)
    {
        if (state.Newest is null)
            return Ended(state.Origin.Forgotten);
        for (var version = state.WindowStart; version <= state.Version; version++)
        {
            if (Follow(version, state) is { } broken)
                return broken;
        }

        return null;
    }

    private string? Ended(long version) => _contents.TryGetValue(version, out var last) && last.Guard is { } guard
        ? $"the register ends at version {version}, which '{guard}' guards"
        : null;

    private string? Follow(long version, RegisterState state)
    {
        var entry = state.EntryOf(version);
        if (_contents.TryGetValue(version, out var content))
            return entry is null || content.IsOf(entry) ? null : $"version {version} holds {Content.Of(entry)}, and its change leaves {content}";
        var isFirst = version == state.Origin.Version + 1;
        Content? before = isFirst ? Content.None : _contents.TryGetValue(version - 1, out var known) ? known : null;
        if (before is null || changeOf(state.ItemOf(version)!.Value.RequestId) is not { } change)
        {
            if (entry is not null)
                _contents.Add(version, Content.Of(entry));
            return null;
        }

        Count(change);
        var after = before.Value.With(change);
        if (after is null)
            return $"version {version} was written by a change that its register must refuse: {change.Kind} behind '{change.Fence}' over {before}";
        _contents.Add(version, after.Value);
        return Follow(version, state);
    }

    private void Count(Change change)
    {
        Fenced += change.Fence is null ? 0 : 1;
        Additions += change.Kind == ChangeKind.Add ? 1 : 0;
    }

    /// <summary>What a version holds.</summary>
    private readonly record struct Content(bool Deleted, byte[] Value, Fence? Guard)
    {
        /// <summary>What a register holds that was never written, or was forgotten.</summary>
        public static Content None { get; } = new(Deleted: true, [], Guard: null);

        public static Content Of(RegisterEntry entry) => new(entry.Deleted, entry.Value, entry.Guard);

        public bool IsOf(RegisterEntry entry) => (Deleted, Guard) == (entry.Deleted, entry.Guard) && Value.AsSpan().SequenceEqual(entry.Value);

        /// <summary>What a change leaves of it; null if it must be refused.</summary>
        public Content? With(Change change)
        {
            if (Guard is { } guard && change.Fence is { } fence && (guard.Lock != fence.Lock || guard.Token > fence.Token))
                return null;
            var isDeletion = change.Kind == ChangeKind.Delete;
            return ValueAfter(change) is { } value ? new Content(isDeletion, value, change.Fence ?? (isDeletion ? null : Guard)) : null;
        }

        public override string ToString() =>
            $"{(Deleted ? "nothing" : $"{Value.Length} bytes")}, {(Guard is null ? "no guard" : $"guarded by '{Guard}'")}";

        private byte[]? ValueAfter(Change change)
        {
            if (change.Kind != ChangeKind.Add)
                return change.Value;
            var number = Deleted ? 0 : CounterValue.Parse(Value);
            return number is null ? null : CounterValue.Format(number.Value + CounterValue.Parse(change.Value)!.Value);
        }
    }
}
