using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>
/// Follows all registers below a prefix and writes down what it is given. From time to time it forgets everything but the cursor, as a
/// program that starts again does.
/// </summary>
internal sealed class PrefixWatcher(RegisterClient client, Recorder recorder, InvariantMonitor monitor, Random random, string prefix, int number)
{
    private const int MostBatches = 20;

    private readonly Dictionary<string, List<Guid>> _seen = [];
    private readonly HashSet<string> _seenSinceBegun = [];
    private readonly bool _isConstant = random.NextDouble() < 0.3;
    private string _cursor = "";
    private long _waiting = recorder.Now();

    /// <summary>How often it began, or began again.</summary>
    public int Begun { get; private set; }

    public bool Follows(string register) => register.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Whether it knows what a register is now: from its newest version, or because it was not among the entries when it has no value.</summary>
    /// <param name="register">The register.</param>
    /// <param name="newest">The newest entry that anybody was shown.</param>
    /// <param name="hasValue">Whether it has a value, as far as is known.</param>
    public bool Knows(string register, Observed newest, bool hasValue) =>
        (_seen.TryGetValue(register, out var versions) && versions.Count >= newest.Version)
        || (!hasValue && Begun > 0 && !_seenSinceBegun.Contains(register));

    public async Task RunAsync()
    {
        try
        {
            while (true)
                await FollowAsync(_isConstant ? int.MaxValue : random.Next(1, MostBatches));
        }
        catch (Exception exception)
        {
            recorder.Unexpected.Add($"the watch of the prefix '{prefix}' met {exception.GetType().Name}: {exception.Message}");
        }
    }

    private async Task FollowAsync(int batches)
    {
        await foreach (var batch in client.WatchPrefixAsync(prefix, _cursor))
        {
            _cursor = batch.Cursor;
            if (batch.Notice == WatchNotice.Unavailable)
                continue;
            if (batch.Begins)
            {
                Begun++;
                _seenSinceBegun.Clear();
            }

            foreach (var (name, versions) in batch.Events)
                Take(name, versions, isListed: batch.Begins || batch.Listed);
            if (--batches <= 0)
                return;
        }
    }

    private void Take(string name, WatchBatch versions, bool isListed)
    {
        var mayJump = _seenSinceBegun.Add(name); // a register that had no value was not listed
        if (!_seen.TryGetValue(name, out var seen))
            _seen.Add(name, seen = []);
        foreach (var entry in versions.Entries.Where(entry => entry.Version <= seen.Count && seen[(int)entry.Version - 1] != Guid.Empty && seen[(int)entry.Version - 1] != entry.RequestId))
            recorder.Unexpected.Add($"a watcher of '{prefix}' was given version {entry.Version} of {name} twice, from two requests");
        var last = seen.Count;
        var news = versions.Entries.RemoveAll(entry => entry.Version <= last);
        if (versions.Entries.IsEmpty)
        {
            TakeForgotten(name, versions, seen);
            return;
        }

        if (isListed && versions.Entries[^1].Version < last)
            recorder.Unexpected.Add($"a watcher of '{prefix}' was given version {versions.Entries[^1].Version} of {name} as the newest after {last}");
        if (news.IsEmpty)
            return;
        var compacted = mayJump ? news[0].Version - 1 : versions.CompactedThrough;
        Record(name, last, news, compacted);
        if (!mayJump && compacted > last)
            monitor.Compacted(name, versions);
        while (seen.Count < news[0].Version - 1)
            seen.Add(Guid.Empty);
        seen.AddRange(news.Select(static entry => entry.RequestId));
    }

    /// <summary>A register that it may have seen was forgotten.</summary>
    private void TakeForgotten(string name, WatchBatch versions, List<Guid> seen)
    {
        if (versions.CompactedThrough <= seen.Count)
            return;
        if (seen.Count > 0)
            monitor.Compacted(name, versions);
        Record(name, seen.Count, [], versions.CompactedThrough);
        while (seen.Count < versions.CompactedThrough)
            seen.Add(Guid.Empty);
    }

    private void Record(string name, int last, ImmutableArray<RegisterEntry> entries, long compacted) =>
        _waiting = recorder.AddWatched(number, name, last, _waiting, entries, compacted > last ? compacted : 0);
}
