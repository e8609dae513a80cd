using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// The names for which an acceptor has accepted a state, as an ordered tree of small records, because storage providers can't enumerate.
/// Adding a name writes one page; names are never removed. A page is written before the page that refers to it, so a crash between two
/// writes loses nothing.
/// </summary>
internal sealed class NameIndex(AcceptorStorage storage) : INameList
{
    private const int MaxPagesInMemory = 2048;

    private static readonly Guid Root = Guid.Empty;

    private readonly Dictionary<Guid, Task<RecordCell<IndexPage>>> _pages = [];
    private readonly List<(string Name, TaskCompletionSource Added)> _waiting = [];
    private bool _adding;
    private Task? _counting;
    private long _counted;
    private long _addedSinceCount;

    /// <summary>How many pages are in memory.</summary>
    public int PagesInMemory => _pages.Count;

    /// <summary>
    /// Adds a name. When the call returns, the name is durable. Names that wait together share the writes of their pages.
    /// </summary>
    public Task AddAsync(string name)
    {
        var added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((name, added));
        if (!_adding)
            _ = AddWaitingAsync();
        return added.Task;
    }

    /// <summary>Enumerates the names that start with a prefix and order after another name.</summary>
    public async IAsyncEnumerable<string> EnumerateAsync(string prefix, string after)
    {
        var start = NameOrder.Instance.Compare(prefix, after) > 0 ? prefix : after;
        var page = await ReadAsync(Root);
        while (!page.IsLeaf || page.EndsBefore(start))
            page = await ReadAsync(page.EndsBefore(start) ? page.Right : page.ChildFor(start));
        while (true)
        {
            foreach (var name in page.Keys)
            {
                if (NameOrder.Instance.Compare(name, after) <= 0 || NameOrder.Instance.Compare(name, prefix) < 0)
                    continue;
                if (!name.StartsWith(prefix, StringComparison.Ordinal))
                    yield break;
                yield return name;
            }

            if (page.Right == Guid.Empty)
                yield break;
            if (!_adding)
                TrimMemory();
            page = await ReadAsync(page.Right);
        }
    }

    private void TrimMemory()
    {
        if (_pages.Count > MaxPagesInMemory)
            _pages.Clear();
    }

    /// <summary>The approximate number of names, as far as they were counted.</summary>
    public long Count => _counted + _addedSinceCount;

    /// <summary>Walks the index once. From then on, <see cref="Count"/> is kept up to date.</summary>
    public Task CountAsync() => _counting is null or { IsFaulted: true } ? _counting = CountAllAsync() : _counting;

    private async Task CountAllAsync()
    {
        _addedSinceCount = 0;
        _counted = await EnumerateAsync("", "").LongCountAsync();
    }

    private async Task AddWaitingAsync()
    {
        _adding = true;
        while (_waiting.Count > 0)
        {
            TrimMemory();
            var batch = _waiting.ToArray();
            _waiting.Clear();
            try
            {
                await AddAllAsync([.. batch.Select(waiting => waiting.Name).Distinct().Order(NameOrder.Instance)]);
                foreach (var (_, added) in batch)
                    added.SetResult();
            }
            catch (Exception exception)
            {
                _pages.Clear();
                foreach (var (_, added) in batch)
                    added.SetException(exception);
            }
        }

        _adding = false;
    }

    private async Task AddAllAsync(string[] names)
    {
        var writes = new List<Task>();
        for (var next = 0; next < names.Length;)
        {
            var path = await DescendAsync(names[next]);
            var leaf = path[^1];
            var here = names.Skip(next).TakeWhile(name => !leaf.Value.EndsBefore(name)).ToList();
            next += here.Count;
            here.RemoveAll(leaf.Value.Contains);
            if (here.Count == 0)
                continue;
            _addedSinceCount += here.Count;
            var page = leaf.Value.With(here);
            if (page.Fits)
            {
                writes.Add(leaf.WriteAsync(page));
                continue;
            }

            await Task.WhenAll(writes);
            writes.Clear();
            await SplitAsync(path, page);
        }

        await Task.WhenAll(writes);
    }

    /// <summary>Returns the pages from the root to the leaf that a name belongs to.</summary>
    private async Task<List<RecordCell<IndexPage>>> DescendAsync(string name)
    {
        var path = new List<RecordCell<IndexPage>> { await MoveRightAsync(await OpenAsync(Root), name) };
        while (!path[^1].Value.IsLeaf)
            path.Add(await MoveRightAsync(await OpenAsync(path[^1].Value.ChildFor(name)), name));
        return path;
    }

    private async Task<RecordCell<IndexPage>> MoveRightAsync(RecordCell<IndexPage> cell, string name)
    {
        while (cell.Value.EndsBefore(name))
            cell = await OpenAsync(cell.Value.Right);
        return cell;
    }

    /// <summary>Splits a page that is too large: writes the new pages from right to left, then the old page, then the parent.</summary>
    private async Task SplitAsync(List<RecordCell<IndexPage>> path, IndexPage page)
    {
        var pieces = page.Cut();
        var isRoot = path.Count == 1;
        var siblings = new List<(string Key, Guid Page)>();
        var right = page.Right;
        var end = page.End;
        for (var index = pieces.Count - 1; index > 0; index--)
        {
            var id = await WriteNewAsync(pieces[index] with { Right = right, End = end });
            right = id;
            end = pieces[index].Keys[0];
            siblings.Add((end, id));
        }

        var first = pieces[0] with { Right = right, End = end };
        if (isRoot)
        {
            var left = await WriteNewAsync(first);
            await path[0].WriteAsync(IndexPage.Blank.With(siblings.Append(("", left))));
            return;
        }

        await path[^1].WriteAsync(first);
        await AddToParentAsync(path[..^1], siblings);
    }

    /// <summary>
    /// Adds the new pages to the parent. A page may belong to another parent, but only after a crash. It is then reached through the page
    /// to its left.
    /// </summary>
    private async Task AddToParentAsync(List<RecordCell<IndexPage>> path, List<(string Key, Guid Page)> siblings)
    {
        path[^1] = await MoveRightAsync(path[^1], siblings[^1].Key);
        var parent = path[^1].Value.With(siblings.Where(sibling => !path[^1].Value.EndsBefore(sibling.Key)));
        if (parent.Fits)
            await path[^1].WriteAsync(parent);
        else
            await SplitAsync(path, parent);
    }

    private async Task<Guid> WriteNewAsync(IndexPage page)
    {
        var id = storage.NewId();
        var cell = storage.NewPage(id);
        await cell.WriteAsync(page);
        _pages[id] = Task.FromResult(cell);
        return id;
    }

    private Task<RecordCell<IndexPage>> OpenAsync(Guid page)
    {
        if (!_pages.TryGetValue(page, out var cell) || cell.IsFaulted)
            _pages[page] = cell = storage.OpenPageAsync(page);
        return cell;
    }

    private async Task<IndexPage> ReadAsync(Guid page) =>
        (await (storage.IsExclusivelyOwned ? OpenAsync(page) : storage.OpenPageAsync(page))).Value;
}
