using Orleans.Paxos.Proposers;
using Orleans.Paxos.Registers;

namespace Orleans.Paxos.Watching;

/// <summary>
/// Lists the current entries for watchers that begin. A page serves every watcher that began before it was read: what it finds is not older than
/// the place from which the watcher goes on. Those that ask while it is read, and began too late for it, share the next reading.
/// </summary>
/// <param name="lister">Lists registers.</param>
/// <param name="log">The log, whose positions tell what came first.</param>
/// <param name="clock">The clock.</param>
internal sealed class SharedListing(RegisterLister lister, EventLog log, TimeProvider clock)
{
    private const int MostInPage = 256;
    private const int MostKept = 64;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(string Prefix, string After), Page> _pages = [];
    private readonly List<Reading> _readings = [];

    /// <summary>Returns the entries of the registers below a prefix that follow a name.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="after">The name.</param>
    /// <param name="began">The position in the log at which the watcher began, or a later one.</param>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<ListedPage> ReadAsync(string prefix, string after, long began)
    {
        var key = (prefix, after);
        if (_readings.Find(each => each.Of == key && each.At > began) is { } reading)
            return await reading.Page;
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

    private Task<ListedPage> ReadPageAsync(string prefix, string after)
    {
        var reading = new Reading((prefix, after), log.BeginAnew(), ListAsync(prefix, after));
        if (_readings.Count == MostKept)
            _readings.RemoveAt(0);
        _readings.Add(reading);
        _ = ForgetLaterAsync(reading);
        return reading.Page;
    }

    private async Task<ListedPage> ListAsync(string prefix, string after)
    {
        var page = await lister.ListEntriesAsync(prefix, after, MostInPage, EventLog.MostBytesInBatch);
        return new ListedPage(
            [.. page.Entries.Select(static each => new PrefixEvent(each.Name, new WatchBatch([each.Entry], each.Entry.Version - 1)))], page.More);
    }

    private async Task ForgetLaterAsync(Reading reading)
    {
        await Task.WhenAny(reading.Page);
        if (reading.Page.IsCompletedSuccessfully)
            await Task.Delay(KeptFor, clock);
        _readings.Remove(reading);
    }

    /// <summary>Readings of one page that are shared by those who ask at the same time.</summary>
    private sealed class Page(SharedRead<ListedPage> reading)
    {
        public SharedRead<ListedPage> Reading => reading;

        public int Askers { get; set; }
    }

    /// <summary>A page that is being read, or was read a moment ago.</summary>
    /// <param name="Of">Which page.</param>
    /// <param name="At">The position in the log at which its reading began.</param>
    /// <param name="Page">What it has.</param>
    private sealed record Reading((string Prefix, string After) Of, long At, Task<ListedPage> Page);
}

/// <summary>A page of current entries.</summary>
/// <param name="Events">The entries.</param>
/// <param name="More">Whether more follow.</param>
internal sealed record ListedPage(ImmutableArray<PrefixEvent> Events, bool More);
