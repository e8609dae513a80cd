using Orleans.Paxos.Storage;
using Orleans.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The names for which an acceptor has accepted a state, as an ordered tree of small records, because storage providers can't enumerate.
/// A name is added or removed by writing one page. A page is written before the page that refers to it, and it is removed after it, so a crash
/// between two writes loses nothing. Another activation may use the same pages: each write is refused if the page was changed since it was read.
/// </summary>
internal sealed class NameIndex : INameList
{
    private readonly NamePages _pages;
    private readonly EmptyPages _emptyPages;
    private readonly NameChanges _changes;
    private readonly List<WaitingChange> _waiting = [];
    private bool _changing;
    private Task? _counting;
    private long _counted;
    private long _addedBefore;

    public NameIndex(AcceptorStorage storage)
    {
        _pages = new NamePages(storage);
        _emptyPages = new EmptyPages(_pages);
        _changes = new NameChanges(_pages, _emptyPages);
    }

    /// <summary>How many pages are in memory.</summary>
    public int PagesInMemory => _pages.InMemory;

    /// <summary>The approximate number of names, as far as they were counted.</summary>
    public long Count => _counted + _changes.Added - _addedBefore;

    /// <summary>
    /// Adds a name. When the call returns, the name is durable, and no removal whose check began before drops it. Names that wait together share
    /// the writes of their pages. When it throws, the name may have been added or not.
    /// </summary>
    public Task AddAsync(string name) => ChangeAsync(name, isGone: null);

    /// <summary>
    /// Removes a name if it is gone. When it throws, the name is still there or not, or its page could not be given back. Whoever adds a name
    /// meanwhile, here or in another activation, must have done what <paramref name="isGone"/> sees before, and try again if it fails.
    /// </summary>
    /// <param name="name">The name. It need not be there.</param>
    /// <param name="isGone">Whether nothing in the storage has the name. It must ask the storage, not memory.</param>
    public Task RemoveAsync(string name, Func<string, Task<bool>> isGone) => ChangeAsync(name, isGone);

    /// <summary>Enumerates the names that start with a prefix and order after another name.</summary>
    public async IAsyncEnumerable<string> EnumerateAsync(string prefix, string after)
    {
        var last = after;
        var walk = new NameWalk(_pages, _emptyPages);
        while (await walk.NextAsync(from: NameOrder.Instance.Compare(prefix, last) > 0 ? prefix : last) is { } page)
        {
            foreach (var name in page.Keys)
            {
                if (NameOrder.Instance.Compare(name, last) <= 0 || NameOrder.Instance.Compare(name, prefix) < 0)
                    continue;
                if (!name.StartsWith(prefix, StringComparison.Ordinal))
                    yield break;
                yield return last = name;
            }

            if (!_changing)
                _pages.Trim();
        }
    }

    /// <summary>Walks the index once. From then on, <see cref="Count"/> is kept up to date.</summary>
    public Task CountAsync() => _counting is null or { IsFaulted: true } ? _counting = CountAllAsync() : _counting;

    private async Task CountAllAsync()
    {
        _addedBefore = _changes.Added;
        _counted = await EnumerateAsync("", "").LongCountAsync();
    }

    private async Task ChangeAsync(string name, Func<string, Task<bool>>? isGone)
    {
        var change = new WaitingChange(name, isGone, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Add(change);
        if (!_changing)
            _ = ChangeWaitingAsync();
        await change.Done.Task;
    }

    private async Task ChangeWaitingAsync()
    {
        _changing = true;
        while (_waiting.Count > 0)
        {
            _pages.Trim();
            var batch = _waiting.OrderBy(static change => change.Name, NameOrder.Instance).ToLookup(static change => change.IsGone is null);
            _waiting.Clear();
            await CompleteAsync(batch[true], AddAsync);
            await CompleteAsync(batch[false], RemoveAsync);
        }

        _changing = false;
    }

    private Task AddAsync(IEnumerable<WaitingChange> changes) =>
        _changes.AddAsync([.. changes.Select(static change => change.Name).Distinct()]);

    private async Task RemoveAsync(IEnumerable<WaitingChange> changes)
    {
        if (!changes.Any())
            return;
        await _changes.RemoveAsync([.. changes.DistinctBy(static change => change.Name)]);
        try
        {
            await _emptyPages.GiveBackNotedAsync();
        }
        catch (Exception exception) when (exception is LostPageException or InconsistentStateException)
        {
            _pages.Drop(); // another activation changes the same pages; the next removal goes on with them
        }
    }

    private async Task CompleteAsync(IEnumerable<WaitingChange> changes, Func<IEnumerable<WaitingChange>, Task> carryOut)
    {
        try
        {
            await carryOut(changes);
            foreach (var change in changes)
                change.Done.SetResult();
        }
        catch (Exception exception)
        {
            _pages.Drop();
            foreach (var change in changes)
                change.Done.SetException(exception);
        }
    }
}
