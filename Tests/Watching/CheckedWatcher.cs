using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Watching;

/// <summary>
/// A watcher that fails when a version is missing, or comes again. Once it has moved, or was away, it drops what it has seen.
/// </summary>
internal sealed class CheckedWatcher(WatchingSilo silo, string prefix)
{
    private readonly Dictionary<string, long> _last = [];
    private WatchingSilo _silo = silo;
    private string _cursor = "";
    private bool _mayRepeat;

    /// <summary>How often the watch began.</summary>
    public int Begun { get; private set; }

    /// <summary>What came, as <c>name=value</c>.</summary>
    public List<string> Seen { get; } = [];

    public void MoveTo(WatchingSilo silo) => (_silo, _mayRepeat) = (silo, true);

    public async Task NextAsync()
    {
        var batch = await _silo.AskAsync(prefix, _cursor);
        _cursor = batch.Cursor;
        if (batch.Begins)
        {
            Begun++;
            _last.Clear();
        }

        foreach (var (name, versions) in batch.Events)
            Take(name, versions);
    }

    public Task UntilAsync(string seen) => UntilAsync(() => Seen.Contains(seen));

    public async Task UntilAsync(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!reached())
        {
            patience.Token.ThrowIfCancellationRequested();
            await NextAsync();
        }
    }

    private void Take(string name, WatchBatch versions)
    {
        var last = _last.GetValueOrDefault(name);
        foreach (var entry in versions.Entries)
        {
            if (entry.Version <= last && _mayRepeat)
                continue;
            Assert.True(entry.Version == last + 1 || entry.Version == versions.CompactedThrough + 1, $"{name}: version {entry.Version} after {last}");
            last = _last[name] = entry.Version;
            Seen.Add($"{name}={entry.Text()}");
        }
    }
}
