using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Gives back the leaves of an index of names that have become empty. Whoever removes the last name of a leaf seals it with the same write:
/// from then on its names belong to the page to its right. These steps follow, each durable before the next. Each is refused if the page was
/// changed since it was read, and all may be taken again.
/// <list type="number">
/// <item>The pages above lead to the page on the right, from the top down. An inner page that has nothing else goes, too.</item>
/// <item>The leaf on the left refers to the page on the right.</item>
/// <item>The record of the leaf is removed.</item>
/// </list>
/// Until the second step the leaf is found through its left neighbour, so that whoever comes by goes on with it. Sealed leaves go from left to
/// right: nothing refers to a page from a sealed one that stays. A crash before the last step, or before an inner page is removed, leaves a
/// record to which nothing refers, which costs space and nothing else. The last page of a level stays.
/// </summary>
internal sealed class EmptyPages(NamePages pages)
{
    private readonly HashSet<string> _noted = [];

    /// <summary>Notes that a sealed leaf was met on the way to the leaf of a name.</summary>
    public void Note(string name) => _noted.Add(name);

    /// <summary>Gives back the sealed leaves that were noted. If it fails, they stay noted.</summary>
    public async Task GiveBackNotedAsync()
    {
        foreach (var name in _noted.ToList())
        {
            await GiveBackAsync(name);
            _noted.Remove(name);
        }
    }

    /// <summary>Gives back the sealed leaves on the way to the leaf of a name.</summary>
    public async Task GiveBackAsync(string name)
    {
        var low = name;
        while (true)
        {
            var (levels, leaf) = await DescendAsync(low);
            var (left, sealedLeaf, found) = await FindSealedAsync(leaf, low, name);
            if (found is null)
                return;
            if (found == low)
                await GiveBackAsync(levels, left, sealedLeaf!, low);
            low = found;
        }
    }

    private async Task GiveBackAsync(List<Level> levels, OpenPage? left, OpenPage leaf, string low)
    {
        await LeadAsync(levels, levels.Count - 1, leaf.Id, leaf.Value.Right, low);
        if (left is not null)
            await left.WriteAsync(left.Value with { Right = leaf.Value.Right });
        await pages.ClearAsync(leaf);
    }

    /// <summary>Has the pages of a level and those above lead names to a child, from a name on.</summary>
    /// <param name="levels">The inner pages where that name belongs.</param>
    /// <param name="depth">The level.</param>
    /// <param name="gone">The child that they no longer lead to; null if there is none.</param>
    /// <param name="child">The child that follows it.</param>
    /// <param name="low">The name.</param>
    private async Task LeadAsync(List<Level> levels, int depth, Guid? gone, Guid child, string low)
    {
        var (left, page) = levels[depth];
        if (page.Value.Children.Contains(child) || page.Value.Right == Guid.Empty ||
            (await pages.OpenAfreshAsync(page.Value.Right)).Value.Children[0] != child)
        {
            await page.WriteAsync(page.Value.Leading(low, gone, child));
            return;
        }

        var rest = page.Value.Without(gone);
        if (rest.Keys.IsEmpty)
        {
            if (left is null && low.Length > 0)
                throw new InvalidOperationException($"No page of names is to the left of the one that begins at '{low}'. It stays, and nothing was given back.");
            await LeadAsync(levels, depth - 1, page.Id, page.Value.Right, low);
            if (left is not null)
                await left.WriteAsync(left.Value with { Right = page.Value.Right });
            await pages.ClearAsync(page);
        }
        else
        {
            await LeadAsync(levels, depth - 1, null, page.Value.Right, low);
            await page.WriteAsync(rest with { End = low });
        }
    }

    /// <summary>
    /// Reads the inner pages that a name belongs to, each with its left neighbour if the name is the lowest of the page, and a leaf to the left
    /// of all leaves that begin at the name or above it; if there is none, the first leaf.
    /// </summary>
    private async Task<(List<Level> Levels, Place Leaf)> DescendAsync(string name)
    {
        var levels = new List<Level>();
        var place = new Place(await pages.OpenAfreshAsync(NamePages.Root), "");
        while (!place.Page.Value.IsLeaf)
        {
            Place? left = null;
            while (place.Page.Value.EndsBefore(name))
            {
                left = place;
                place = new Place(await pages.OpenAfreshAsync(place.Page.Value.Right), place.Page.Value.End);
            }

            levels.Add(new Level(left?.Page, place.Page));
            var from = left is not null && NameOrder.Instance.Compare(place.Low, name) >= 0 ? left : place;
            var (key, child) = from.Page.Value.ChildBefore(name);
            place = new Place(await pages.OpenAfreshAsync(child), key ?? from.Low);
        }

        return (levels, place);
    }

    /// <summary>
    /// Finds the first sealed leaf between a place and the leaf of a name. Returns it with its left neighbour and the name that its names began at,
    /// or only a name to the left of which to look; nothing if no leaf is sealed.
    /// </summary>
    private async Task<(OpenPage? Left, OpenPage? Sealed, string? Low)> FindSealedAsync(Place place, string low, string name)
    {
        var (page, begin) = place;
        if (page.Value.IsSealed)
            return low.Length == 0 ? (null, page, "") : (null, null, begin);
        while (page.Value.EndsBefore(name))
        {
            var next = await pages.OpenAfreshAsync(page.Value.Right);
            if (next.Value.IsSealed)
                return (page, next, page.Value.End);
            page = next;
        }

        return default;
    }

    /// <summary>A page and its neighbour on the left, if it is known.</summary>
    private sealed record Level(OpenPage? Left, OpenPage Page);

    /// <summary>A page and a name at or above its lowest.</summary>
    private sealed record Place(OpenPage Page, string Low);
}
