using System.Runtime.InteropServices;

namespace Orleans.Paxos.Protocol;

/// <summary>
/// A state under construction, which <see cref="ChangeRules"/> examines and alters while it judges one change after another.
/// </summary>
internal sealed class StateDraft(RegisterState basis)
{
    private readonly List<RegisterEntry> _appended = [];

    public bool Altered => _appended.Count > 0;

    public RegisterEntry? Newest => _appended.Count > 0 ? _appended[^1] : basis.Newest;

    public long Version => basis.Version + _appended.Count;

    /// <summary>The last version whose request is no longer remembered.</summary>
    public long ForgottenThrough => basis.WindowStart - 1;

    /// <summary>
    /// Returns the entry that this request wrote, if it is remembered. If only its id is, the entry is created again from the request.
    /// </summary>
    public RegisterEntry? FindApplied(ChangeRequest request)
    {
        if (_appended.Find(entry => entry.RequestId == request.RequestId) is { } appended)
            return appended;
        if (basis.VersionOf(request.RequestId) is not { } version)
            return null;
        return basis.EntryOf(version) ?? EntryFor(request, version);
    }

    /// <summary>Whether the register had a value at a version up to the newest; null when that is not remembered.</summary>
    public bool? ExistedAt(long version) => version > basis.Version
        ? !_appended[(int)(version - basis.Version - 1)].Deleted
        : basis.ExistedAt(version);

    public RegisterEntry Append(ChangeRequest request)
    {
        var entry = EntryFor(request, Version + 1);
        _appended.Add(entry);
        return entry;
    }

    public RegisterState ToState(bool basisChosen, HistoryLimits limits)
    {
        var window = Window(WindowLength(limits));
        var state = new RegisterState(window, Entries(basisChosen, window.Length));
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

    private static RegisterEntry EntryFor(ChangeRequest request, long version) =>
        new(version, request.Change.Value, request.Change.Kind == ChangeKind.Delete, request.RequestId, request.At);

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
