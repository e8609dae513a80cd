using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>Adds names to the pages of an index and removes them. One batch is under way at a time.</summary>
internal sealed class NameChanges(NamePages pages, EmptyPages emptyPages)
{
    private const int MostAttempts = 8;

    private readonly List<Task> _writes = [];

    /// <summary>How many names were added, less those that were removed.</summary>
    public long Added { get; private set; }

    /// <summary>
    /// Adds names, which are in order. The page of each name is written even if it has the name: that another activation is removing it shows in
    /// this write only.
    /// </summary>
    public async Task AddAsync(string[] names)
    {
        try
        {
            for (var next = 0; next < names.Length;)
            {
                var path = await ReachAsync(names[next], isRemoval: false);
                var leaf = path[^1];
                var here = names.Skip(next).TakeWhile(name => !leaf.Value.EndsBefore(name)).ToList();
                next += here.Count;
                here.RemoveAll(leaf.Value.Contains);
                var page = leaf.Value.With(here);
                if (page.Fits)
                {
                    _writes.Add(WriteAsync(leaf, page));
                    continue;
                }

                await SettleAsync();
                await SplitAsync(path, page);
                Added += here.Count;
            }
        }
        finally
        {
            await SettleAsync();
        }
    }

    /// <summary>
    /// Removes names, which are in order, if they are gone. Whether they are is asked after their page was read and before it is written, so
    /// that an adder who comes between fails this write, or this write fails his.
    /// </summary>
    public async Task RemoveAsync(IReadOnlyList<WaitingChange> names)
    {
        for (var next = 0; next < names.Count;)
        {
            var leaf = (await ReachAsync(names[next].Name, isRemoval: true))[^1];
            var here = names.Skip(next).TakeWhile(each => !leaf.Value.EndsBefore(each.Name)).ToList();
            next += here.Count;
            here.RemoveAll(each => !leaf.Value.Contains(each.Name));
            var areGone = await Task.WhenAll(here.Select(static each => each.IsGone!(each.Name)));
            var gone = here.Where((_, index) => areGone[index]).Select(static each => each.Name).ToList();
            if (gone.Count == 0)
                continue;
            var page = leaf.Value.Without(gone);
            if (page.Keys.IsEmpty && page.Right != Guid.Empty)
            {
                page = page with { IsSealed = true };
                emptyPages.Note(gone[0]);
            }

            await WriteAsync(leaf, page);
        }
    }

    private async Task WriteAsync(OpenPage leaf, IndexPage page)
    {
        var before = leaf.Value.Keys.Length;
        await leaf.WriteAsync(page);
        Added += page.Keys.Length - before;
    }

    private async Task SettleAsync()
    {
        Task[] writes = [.. _writes];
        _writes.Clear();
        await Task.WhenAll(writes);
    }

    /// <summary>
    /// Returns the pages from the root to the leaf that a name belongs to. Sealed leaves on the way are given back before anything is added: to
    /// the page on the right of one, the pages above must lead first.
    /// </summary>
    private async Task<List<OpenPage>> ReachAsync(string name, bool isRemoval)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var (path, metSealed) = await DescendAsync(name, isRemoval ? pages.OpenAfreshAsync : pages.OpenAsync);
                if (metSealed)
                    emptyPages.Note(name);
                if (isRemoval || !metSealed)
                    return path;
                await SettleAsync();
                await emptyPages.GiveBackAsync(name);
            }
            catch (LostPageException) when (attempt < MostAttempts)
            {
                await SettleAsync();
            }

            if (attempt == MostAttempts)
                throw new InvalidOperationException($"Other activations of this acceptor emptied the page of the name '{name}' {attempt} times in a row. The name is in the index or not, as before; try again.");
            pages.Drop();
        }
    }

    private static async Task<(List<OpenPage> Path, bool MetSealed)> DescendAsync(string name, Func<Guid, Task<OpenPage>> open)
    {
        var path = new List<OpenPage>();
        var metSealed = false;
        var page = await open(NamePages.Root);
        while (true)
        {
            for (; page.Value.EndsBefore(name); page = await open(page.Value.Right))
                metSealed |= page.Value.IsSealed;
            path.Add(page);
            if (page.Value.IsLeaf)
                return (path, metSealed);
            page = await open(page.Value.ChildFor(name));
        }
    }

    /// <summary>
    /// Splits a page that is too large: writes the new pages from right to left, then the old page, then the parent. The parent is read before,
    /// so that it is written only if none of the new pages was given back since.
    /// </summary>
    private async Task SplitAsync(List<OpenPage> path, IndexPage page)
    {
        var pieces = page.Cut();
        while (path.Count > 1 && path[^2].Value.EndsBefore(pieces[1].Keys[0]))
            path[^2] = await pages.OpenAsync(path[^2].Value.Right);
        var siblings = new List<(string Key, Guid Page)>();
        var right = page.Right;
        var end = page.End;
        for (var index = pieces.Count - 1; index > 0; index--)
        {
            var id = await pages.WriteNewAsync(pieces[index] with { Right = right, End = end });
            right = id;
            end = pieces[index].Keys[0];
            siblings.Add((end, id));
        }

        var first = pieces[0] with { Right = right, End = end };
        if (path.Count == 1)
        {
            var left = await pages.WriteNewAsync(first);
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
    private async Task AddToParentAsync(List<OpenPage> path, List<(string Key, Guid Page)> siblings)
    {
        var parent = path[^1].Value.With(siblings.Where(sibling => !path[^1].Value.EndsBefore(sibling.Key)));
        if (parent.Fits)
            await path[^1].WriteAsync(parent);
        else
            await SplitAsync(path, parent);
    }
}

/// <summary>A name that waits to be added or removed.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsGone">Whether nothing has the name, so that it may be removed; null if it is to be added.</param>
/// <param name="Done">Ends when the change is durable.</param>
internal sealed record WaitingChange(string Name, Func<string, Task<bool>>? IsGone, TaskCompletionSource Done);
