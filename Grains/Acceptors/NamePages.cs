using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>The pages of an index of names: those in memory, and the way to the stored ones.</summary>
internal sealed class NamePages(AcceptorStorage storage)
{
    /// <summary>The page that every way begins at. It is there before it is written, and it is never given back.</summary>
    public static readonly Guid Root = Guid.Empty;

    private const int MaxPagesInMemory = 2048;

    private readonly Dictionary<Guid, Task<OpenPage>> _pages = [];

    /// <summary>How many pages are in memory.</summary>
    public int InMemory => _pages.Count;

    /// <summary>Drops the pages in memory if they are many.</summary>
    public void Trim()
    {
        if (_pages.Count > MaxPagesInMemory)
            _pages.Clear();
    }

    /// <summary>Drops the pages in memory.</summary>
    public void Drop() => _pages.Clear();

    /// <summary>Returns a page from memory, or from storage if it is not there.</summary>
    public Task<OpenPage> OpenAsync(Guid id) =>
        _pages.TryGetValue(id, out var page) && !page.IsFaulted ? page : OpenAfreshAsync(id);

    /// <summary>Returns a page from storage.</summary>
    public Task<OpenPage> OpenAfreshAsync(Guid id) => _pages[id] = LoadAsync(id);

    /// <summary>Reads a page, from storage if others can write to it; null if it is no longer there.</summary>
    /// <param name="id">The page.</param>
    /// <param name="afresh">Whether to read it from storage in any case.</param>
    public async Task<IndexPage?> ReadAsync(Guid id, bool afresh = false)
    {
        try
        {
            return (await (storage.IsExclusivelyOwned && !afresh ? OpenAsync(id) : LoadAsync(id))).Value;
        }
        catch (LostPageException)
        {
            return null;
        }
    }

    /// <summary>Writes a new page.</summary>
    public async Task<Guid> WriteNewAsync(IndexPage value)
    {
        var id = storage.NewId();
        var page = new OpenPage(id, storage.NewPage(id));
        await page.WriteAsync(value);
        _pages[id] = Task.FromResult(page);
        return id;
    }

    /// <summary>Removes a page to which nothing refers any more.</summary>
    public async Task ClearAsync(OpenPage page)
    {
        _pages.Remove(page.Id);
        await page.ClearAsync();
    }

    private async Task<OpenPage> LoadAsync(Guid id)
    {
        var cell = await storage.OpenPageAsync(id);
        return cell.Exists || id == Root ? new OpenPage(id, cell) : throw new LostPageException(id);
    }
}
