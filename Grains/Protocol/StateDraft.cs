using System.Runtime.InteropServices;

namespace Orleans.Paxos.Protocol;

/// <summary>
/// A state under construction, which <see cref="ChangeRules"/> examines and alters while it judges one change after another.
/// </summary>
internal sealed class StateDraft(RegisterState basis)
{
    private readonly List<RegisterEntry> _appended = [];
    private RegisterOrigin _origin = basis.Origin;

    public bool Altered => _appended.Count > 0;

    public RegisterEntry? Newest => _appended.Count > 0 ? _appended[^1] : basis.Newest;

    /// <summary>The newest version; 0 when there is none.</summary>
    public long Version => Newest?.Version ?? 0;

    /// <summary>The last version whose request is no longer remembered.</summary>
    public long ForgottenThrough => basis.Window.IsEmpty ? _origin.Forgotten : basis.ForgottenThrough;

    /// <summary>The version that the register begins above.</summary>
    public long Origin => _origin.Version;

    /// <summary>The version before the first that is appended.</summary>
    private long Before => Math.Max(basis.Version, Origin);

    /// <summary>The version that was written with a request id; null when none is remembered.</summary>
    public long? VersionOf(Guid requestId) =>
        _appended.Find(entry => entry.RequestId == requestId)?.Version ?? basis.VersionOf(requestId);

    /// <summary>The entry of a version, when it is new or the basis carries it.</summary>
    public RegisterEntry? EntryOf(long version) => version > Before ? Appended(version) : basis.EntryOf(version);

    /// <summary>Whether a version that is remembered is what a change writes; of a sum, whether it may be one.</summary>
    public bool Holds(long version, Change change)
    {
        var item = version > Before ? WindowItem.Of(Appended(version)) : basis.ItemOf(version)!.Value;
        return change.Kind switch
        {
            ChangeKind.Add => !item.Deleted && item.ValueBytes <= CounterValue.MostBytes,
            ChangeKind.Restore => item.IsOf(change.RestoredEntries()[^1]) && version >= change.RestoredEntries()[^1].Version,
            _ => item.Holds(change.Value, change.Kind == ChangeKind.Delete),
        };
    }

    /// <summary>What is known of a version up to the newest.</summary>
    public VersionFacts FactsOf(long version) => version switch
    {
        0 => VersionFacts.None,
        _ when version > Before => VersionFacts.Of(Appended(version)),
        _ when version == basis.Version => VersionFacts.Of(basis.Newest!), // its item may be of a format that does not tell what is a counter
        _ => VersionFacts.Of(version, basis.ItemOf(version)),
    };

    public RegisterEntry Append(ChangeRequest request)
    {
        var change = request.Change;
        var isDeletion = change.Kind == ChangeKind.Delete;
        var entry = new RegisterEntry(Before + _appended.Count + 1, ValueOf(change), isDeletion, request.RequestId, request.At)
        {
            Guard = change.Fence ?? (isDeletion ? null : Newest?.Guard),
            Session = change.Session,
        };
        _appended.Add(entry);
        return entry;
    }

    /// <summary>
    /// Begins the register with the entries of a backup, above all that it may have had.
    /// </summary>
    public RegisterEntry Begin(RegisterHistory restored)
    {
        var raise = Math.Max(0, Before + 1 - restored.Entries[0].Version);
        _appended.AddRange(restored.Entries.Select(entry => raise == 0 ? entry : entry with { Version = entry.Version + raise }));
        _origin = new RegisterOrigin(_appended[0].Version - 1, Math.Max(_origin.Forgotten, restored.Forgotten));
        return _appended[^1];
    }

    public RegisterState ToState(bool basisChosen, HistoryLimits limits)
    {
        var window = Window(WindowLength(limits));
        var state = new RegisterState(window, Entries(basisChosen, window.Length), _origin);
        var kept = (int)(state.Version - limits.FirstVersion(state) + 1);
        return state.Entries.Length > kept ? state with { Entries = [.. state.Entries.TakeLast(kept)] } : state;
    }

    /// <summary>Returns the newest versions without their values, up to a maximum number.</summary>
    private ImmutableArray<WindowItem> Window(int most)
    {
        var length = Math.Min(most, basis.Window.Length + _appended.Count);
        var appended = Math.Min(length, _appended.Count);
        var window = ImmutableArray.CreateBuilder<WindowItem>(length);
        window.AddRange(basis.Window.AsSpan()[^(length - appended)..]);
        foreach (var entry in CollectionsMarshal.AsSpan(_appended)[^appended..])
            window.Add(WindowItem.Of(entry));
        return window.MoveToImmutable();
    }

    private byte[] ValueOf(Change change)
    {
        if (change.Kind != ChangeKind.Add)
            return change.Value;
        var before = Newest is { Deleted: false, Value: var value } ? CounterValue.Parse(value)!.Value : 0;
        return CounterValue.Format(before + CounterValue.Parse(change.Value)!.Value);
    }

    private RegisterEntry Appended(long version) => _appended[(int)(version - Before - 1)];

    /// <summary>
    /// Returns the length of the window, which follows the number of writers: four proposals' worth of versions, forgetting at most two
    /// for each one written. The window has a minimum length even if the history is shorter, because what it forgets makes outcomes
    /// unknown.
    /// </summary>
    private int WindowLength(HistoryLimits limits)
    {
        var wanted = Math.Max(4 * _appended.Count, basis.Window.Length - _appended.Count);
        return Math.Clamp(wanted, Math.Max(limits.Entries, ChangeRules.LeastWindow), ChangeRules.MaxWindow);
    }

    /// <summary>
    /// Returns the entries to propose. Entries known to be chosen need not be proposed again, except the newest, which is the register's
    /// value.
    /// </summary>
    private ImmutableArray<RegisterEntry> Entries(bool basisChosen, int most)
    {
        if (basisChosen && _appended.Count <= most)
            return _appended.Count == 0 ? [.. basis.Entries.TakeLast(1)] : [.. _appended];
        var carried = basisChosen ? [] : basis.Entries;
        return [.. carried.Concat(_appended).TakeLast(most)];
    }
}
