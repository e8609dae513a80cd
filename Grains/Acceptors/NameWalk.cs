using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Goes through the leaves of an index of names from left to right, while pages may be given back beneath it: where a page is lost, it begins
/// again from the root.
/// </summary>
internal sealed class NameWalk(NamePages pages, EmptyPages emptyPages)
{
    private const int MostAttempts = 100;

    private IndexPage? _page;
    private string? _from;
    private int _attempts;

    /// <summary>Returns the next leaf; null after the last one.</summary>
    /// <param name="from">The name from which on names are wanted. After a page was lost, the next leaf is the one that it belongs to.</param>
    public async Task<IndexPage?> NextAsync(string from)
    {
        if (_page?.Right == Guid.Empty)
            return null;
        var next = _page is null ? null : await pages.ReadAsync(_page.Right);
        if (next is { IsSealed: true })
            emptyPages.Note(_page!.End);
        while (next is null)
        {
            Count(from);
            next = await FindAsync(from, afresh: _page is not null || _attempts > 1);
        }

        return _page = next;
    }

    /// <summary>Returns the leaf that a name belongs to; null if a page on the way is lost.</summary>
    private async Task<IndexPage?> FindAsync(string name, bool afresh)
    {
        var page = await pages.ReadAsync(NamePages.Root, afresh);
        while (page is not null && (!page.IsLeaf || page.EndsBefore(name)))
        {
            if (page.IsSealed)
                emptyPages.Note(name);
            page = await pages.ReadAsync(page.EndsBefore(name) ? page.Right : page.ChildFor(name), afresh);
        }

        return page;
    }

    private void Count(string from)
    {
        _attempts = from == _from ? _attempts + 1 : 1;
        _from = from;
        if (_attempts > MostAttempts)
            throw new InvalidOperationException($"Pages of names after '{from}' were lost {MostAttempts} times in a row. Nothing was changed; list again. If it goes on, the storage has lost records of this acceptor.");
    }
}
