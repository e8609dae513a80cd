using System.Text;

namespace Orleans.Paxos.Storage;

/// <summary>A page of a B-link tree of names (Lehman and Yao, "Efficient Locking for Concurrent Operations on B-Trees", 1981).</summary>
/// <param name="Keys">In a leaf, the names; in an inner page, the lowest name of each child, where the first child has all names below the
/// second key. In order.</param>
/// <param name="Children">In an inner page, the pages below, one for each key; empty in a leaf.</param>
/// <param name="End">Names from this one on are in the page to the right; empty when there is none.</param>
/// <param name="Right">The page to the right; the empty id when there is none.</param>
/// <param name="IsSealed">Whether it is a leaf whose names, none by then, belong to the page to the right for good.</param>
internal sealed record IndexPage(
    ImmutableArray<string> Keys,
    ImmutableArray<Guid> Children,
    string End,
    Guid Right,
    bool IsSealed = false)
{
    /// <summary>A page is split when its names exceed this many bytes.</summary>
    public const int MaxBytes = 4096;

    private const int BytesPerKey = 20;

    public static IndexPage Blank { get; } = new([], [], "", Guid.Empty);

    public bool IsLeaf => Children.IsEmpty;

    public bool Fits => Keys.Sum(Weight) <= MaxBytes;

    /// <summary>Whether a name belongs to a page to the right.</summary>
    public bool EndsBefore(string name) => IsSealed || (End.Length > 0 && NameOrder.Instance.Compare(name, End) >= 0);

    public bool Contains(string name) => Keys.BinarySearch(name, NameOrder.Instance) >= 0;

    /// <summary>Returns the child whose range contains a name.</summary>
    public Guid ChildFor(string name)
    {
        var index = Keys.BinarySearch(name, NameOrder.Instance);
        return Children[Math.Max(0, index >= 0 ? index : ~index - 1)];
    }

    /// <summary>Returns the last child that begins before a name, with its key; the first child, without a key, if no other does.</summary>
    public (string? Key, Guid Page) ChildBefore(string name)
    {
        var index = Keys.BinarySearch(name, NameOrder.Instance);
        index = (index >= 0 ? index : ~index) - 1;
        return index > 0 ? (Keys[index], Children[index]) : (null, Children[0]);
    }

    /// <summary>Returns a leaf with more names.</summary>
    public IndexPage With(IEnumerable<string> names) => this with { Keys = [.. Keys.Concat(names).Order(NameOrder.Instance)] };

    /// <summary>Returns a leaf with fewer names.</summary>
    public IndexPage Without(IEnumerable<string> names) => this with { Keys = Keys.RemoveRange(names) };

    /// <summary>Returns an inner page with more children.</summary>
    public IndexPage With(IEnumerable<(string Key, Guid Page)> children) => Of(Entries.Concat(children));

    /// <summary>Returns an inner page without a child.</summary>
    public IndexPage Without(Guid? child) => Of(Entries.Where(entry => entry.Page != child));

    /// <summary>Returns an inner page that leads names from one on to a child, in the place of another.</summary>
    public IndexPage Leading(string low, Guid? gone, Guid child)
    {
        var key = Children[0] == gone || Children[0] == child ? "" : low;
        return Of(Entries.Where(entry => entry.Page != gone && entry.Page != child).Append((key, child)));
    }

    /// <summary>Cuts a page that is too large into pages that are at least half full.</summary>
    public IReadOnlyList<IndexPage> Cut()
    {
        var pieces = new List<IndexPage>();
        var start = 0;
        var bytes = 0;
        for (var index = 0; index < Keys.Length; index++)
        {
            bytes += Weight(Keys[index]);
            if (bytes < MaxBytes / 2 && index < Keys.Length - 1)
                continue;
            pieces.Add(this with { Keys = Keys[start..(index + 1)], Children = IsLeaf ? [] : Children[start..(index + 1)] });
            start = index + 1;
            bytes = 0;
        }

        return pieces;
    }

    /// <summary>The children with their keys. The first one stays the first, whatever is added.</summary>
    private IEnumerable<(string Key, Guid Page)> Entries =>
        Keys.Zip(Children, static (key, page) => (Key: key, Page: page)).Select(static (entry, index) => index == 0 ? ("", entry.Page) : entry);

    private IndexPage Of(IEnumerable<(string Key, Guid Page)> entries)
    {
        var ordered = entries.OrderBy(static entry => entry.Key, NameOrder.Instance).ToList();
        return this with { Keys = [.. ordered.Select(static entry => entry.Key)], Children = [.. ordered.Select(static entry => entry.Page)] };
    }

    private static int Weight(string key) => Encoding.UTF8.GetByteCount(key) + BytesPerKey;
}
