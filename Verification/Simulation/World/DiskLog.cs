using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>The entries and names that a disk with a log keeps in addition to its records.</summary>
internal sealed class DiskLog
{
    private readonly Dictionary<(string State, GrainId Key), SortedList<long, byte[]>> _entries = [];
    private readonly Dictionary<string, SortedSet<string>> _names = [];

    public void Add(string state, GrainId key, RegisterAddition addition)
    {
        Apply(addition.Names);
        if (addition.Entries.IsEmpty)
            return;
        if (!_entries.TryGetValue((state, key), out var entries))
            _entries[(state, key)] = entries = [];
        foreach (var old in entries.Keys.Where(version => version < addition.FirstVersion).ToList())
            entries.Remove(old);
        foreach (var entry in addition.Entries)
            entries[entry.Version] = entry.Bytes;
    }

    public void Apply(ImmutableArray<NameChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Leaves)
                NamesOf(change.List).Remove(change.Name);
            else
                NamesOf(change.List).Add(change.Name);
        }
    }

    public IReadOnlyList<ReplacedEntry> Entries(string state, GrainId key, long firstVersion) =>
        _entries.TryGetValue((state, key), out var entries)
            ? [.. entries.Where(entry => entry.Key >= firstVersion).Select(entry => new ReplacedEntry(entry.Key, entry.Value))]
            : [];

    public IReadOnlyList<string> Names(string list, string first, int count) =>
        [.. NamesOf(list).SkipWhile(name => NameOrder.Instance.Compare(name, first) < 0).Take(count)];

    public long CountNames(string list) => NamesOf(list).Count;

    public void Remove(string state, GrainId key) => _entries.Remove((state, key));

    public DiskLog Clone()
    {
        var copy = new DiskLog();
        foreach (var (key, entries) in _entries)
            copy._entries[key] = new(entries);
        foreach (var (list, names) in _names)
            copy._names[list] = new(names, NameOrder.Instance);
        return copy;
    }

    private SortedSet<string> NamesOf(string list) =>
        _names.TryGetValue(list, out var names) ? names : _names[list] = new SortedSet<string>(NameOrder.Instance);
}
