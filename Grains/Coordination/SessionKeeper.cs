using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Coordination;

/// <summary>
/// Looks after sessions: ends each that it has seen unchanged for its time-to-live, by its own clock, and removes what belonged to it. Not thread-safe:
/// calls take turns, as the calls of a grain do.
/// </summary>
internal sealed partial class SessionKeeper(SessionRegisters sessions, LockRegisters locks, TimeProvider clock, ILogger<SessionKeeper> logger)
{
    /// <summary>Of each keeper: when many sessions run out together, all keepers are at work.</summary>
    private const int MostAtOnce = 8;

    /// <summary>Of a session that acquires one lock after the other the keeper remembers so many; the others are found by the sweep.</summary>
    private const int MostLocks = 1024;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Seen> _seen = [];
    private Task _watching = Task.CompletedTask;
    private bool _hasStopped;

    /// <summary>How many sessions it looks after.</summary>
    public int Count => _seen.Count;

    /// <summary>
    /// Notes that a session was renewed, has acquired a lock since, or has ended. Who renews it may not know its locks: an owner that goes through HTTP does not tell
    /// them.
    /// </summary>
    public void Renewed(SessionRenewal renewal)
    {
        var known = _seen.GetValueOrDefault(renewal.Session);
        if (known?.Version > renewal.Version)
            return;
        if (renewal.IsEnd() && renewal.Locks.IsEmpty && known is not { Locks.IsEmpty: false })
            _seen.Remove(renewal.Session);
        else if (known?.Version == renewal.Version)
            _seen[renewal.Session] = known with { Locks = [.. known.Locks.Union(renewal.Locks).TakeLast(MostLocks)] };
        else
            _seen[renewal.Session] = new Seen(renewal.Version, clock.GetTimestamp(), renewal.TimeToLive, renewal.Locks.IsEmpty ? known?.Locks ?? [] : renewal.Locks);
        Watch();
    }

    /// <summary>Looks at the sessions that it does not know.</summary>
    public async Task LookAfterAsync(IReadOnlyCollection<Guid> ids)
    {
        await LookAsync(ids.Where(id => !_seen.ContainsKey(id)));
        Watch();
    }

    /// <summary>Looks after nothing more. Its sessions are left to the next keeper.</summary>
    public void Stop() => _hasStopped = true;

    private void Watch()
    {
        if (_watching.IsCompleted && _seen.Count > 0)
            _watching = WatchAsync();
    }

    private async Task WatchAsync()
    {
        while (_seen.Count > 0)
        {
            await Task.Delay(Next(), clock);
            if (_hasStopped)
                return;
            await LookAsync(_seen.Where(each => Left(each.Value) <= TimeSpan.Zero).Select(static each => each.Key));
        }
    }

    /// <summary>How long nothing is due. New sessions may be shorter than all that are known.</summary>
    private TimeSpan Next()
    {
        var left = _seen.Values.Min(Left);
        return left < ShortestPause ? ShortestPause : left < LongestPause ? left : LongestPause;
    }

    private TimeSpan Left(Seen seen) => seen.TimeToLive - clock.GetElapsedTime(seen.At);

    /// <summary>Several at once; one that fails is tried again with those that are due next.</summary>
    private async Task LookAsync(IEnumerable<Guid> ids)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, TaskScheduler = TaskScheduler.Current };
        await Parallel.ForEachAsync(ids.ToList(), options, async (id, _) => await TryLookAsync(id));
    }

    private async Task TryLookAsync(Guid id)
    {
        try
        {
            await LookAsync(id);
        }
        catch (Exception exception)
        {
            if (!exception.IsPassing())
                LogFailed(id, exception);
        }
    }

    /// <summary>Reads a session, and ends it if it is still as it was seen a time-to-live ago.</summary>
    private async Task LookAsync(Guid id)
    {
        var entry = await sessions.ReadAsync(id, CancellationToken.None);
        var value = SessionValue.Of(entry);
        var seen = _seen.GetValueOrDefault(id);
        if (value is { State: not SessionState.Ended })
        {
            if (seen is null || seen.Version < entry!.Version)
            {
                _seen[id] = new Seen(entry!.Version, clock.GetTimestamp(), value.TimeToLive, seen?.Locks ?? []);
                return;
            }

            if (Left(seen) > TimeSpan.Zero)
                return;
            entry = await sessions.EndAsync(id, entry, CancellationToken.None);
            if (!SessionValue.HasEnded(entry))
                return;
        }

        await sessions.CleanUpAsync(id, entry, CancellationToken.None);
        foreach (var name in seen?.Locks ?? [])
            await locks.CleanUpAsync(name, CancellationToken.None);
        _seen.Remove(id);
    }

    [LoggerMessage(EventId = 40, Level = LogLevel.Warning, Message = "The session {Session} could not be looked after; it is tried again.")]
    private partial void LogFailed(Guid session, Exception exception);

    /// <summary>What was seen of a session.</summary>
    /// <param name="Version">The newest version of its register that was seen.</param>
    /// <param name="At">When it was seen first, by the keeper's clock.</param>
    /// <param name="TimeToLive">The session's time-to-live.</param>
    /// <param name="Locks">What it holds, as its owner says.</param>
    private sealed record Seen(long Version, long At, TimeSpan TimeToLive, ImmutableArray<string> Locks);
}
