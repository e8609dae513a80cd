using Orleans.Paxos.Proposers;
using Orleans.Paxos.Registers;

namespace Orleans.Paxos.Watching;

/// <summary>
/// Lists the current entries for watchers that begin. Those that ask for the same page at the same time share one reading of it, which starts
/// after the last of them has asked: what it finds is not older than the place from which each of them goes on.
/// </summary>
/// <param name="lister">Lists registers.</param>
internal sealed class SharedListing(RegisterLister lister)
{
    private const int MostInPage = 1000;

    private readonly Dictionary<(string Prefix, string After), Page> _pages = [];

    /// <summary>Returns the entries of the registers below a prefix that follow a name.</summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ListedPage> ReadAsync(string prefix, string after)
    {
        var key = (prefix, after);
        if (!_pages.TryGetValue(key, out var page))
            _pages.Add(key, page = new Page(new SharedRead<ListedPage>(() => ReadPageAsync(prefix, after))));
        page.Askers++;
        try
        {
            return await page.Reading.ReadAsync();
        }
        finally
        {
            if (--page.Askers == 0)
                _pages.Remove(key);
        }
    }

    private async Task<ListedPage> ReadPageAsync(string prefix, string after)
    {
        var page = await lister.ListEntriesAsync(prefix, after, MostInPage);
        return new ListedPage(
            [.. page.Entries.Select(static each => new PrefixEvent(each.Name, new WatchBatch([each.Entry], each.Entry.Version - 1)))], page.More);
    }

    private sealed class Page(SharedRead<ListedPage> reading)
    {
        public SharedRead<ListedPage> Reading => reading;

        public int Askers { get; set; }
    }
}

/// <summary>A page of current entries.</summary>
/// <param name="Events">The entries.</param>
/// <param name="More">Whether more follow.</param>
internal sealed record ListedPage(ImmutableArray<PrefixEvent> Events, bool More);
