using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Client.Registers;
using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Coordination;

/// <summary>
/// Wakes the keepers: every silo lists the sessions every few seconds, or less often where that takes long, and tells each keeper which of its share there
/// are. Every few minutes it looks for locks that are held by sessions that have ended.
/// </summary>
internal sealed partial class SessionRounds(CoordinationParts parts, IGrainFactory grains, ILogger<SessionRounds> logger) : BackgroundService
{
    /// <summary>Each silo spends at most a twentieth of its time on listing, which goes over all registers of sessions that are not forgotten.</summary>
    private const int PausesForAList = 20;

    /// <summary>A list of few names that took long was held up by something else, which is no reason to wait longer than this.</summary>
    private static readonly TimeSpan MostPauseForFewNames = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan MostPauseForAName = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(5);

    private readonly LockRegisters _locks = parts.Locks;
    private TimeSpan _pause = ShortestPause;

    /// <summary>Wakes the keepers until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var sweptAt = parts.Time.GetTimestamp();
        while (true)
        {
            await Task.Delay(_pause, parts.Time, stoppingToken);
            try
            {
                var sessions = await WakeKeepersAsync(stoppingToken);
                if (parts.Time.GetElapsedTime(sweptAt) < BetweenSweeps)
                    continue;
                sweptAt = parts.Time.GetTimestamp();
                await SweepLocksAsync(sessions, stoppingToken);
            }
            catch (Exception exception)
            {
                stoppingToken.ThrowIfCancellationRequested(); // a silo that stops has nobody to ask any more
                if (!exception.IsPassing())
                    LogFailed(exception);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <returns>The sessions that have not ended, as far as their names tell.</returns>
    private async Task<HashSet<Guid>> WakeKeepersAsync(CancellationToken cancellationToken)
    {
        _pause = ShortestPause;
        var began = parts.Time.GetTimestamp();
        var names = await parts.Registers.ListNamesAsync(ReservedNames.Sessions, cancellationToken).ToListAsync(cancellationToken);
        var pause = Shorter(parts.Time.GetElapsedTime(began) * PausesForAList, Longer(MostPauseForFewNames, names.Count * MostPauseForAName));
        pause = Longer(ShortestPause, Shorter(pause, BetweenSweeps));
        var sessions = names.Select(SessionValue.IdOf).OfType<Guid>().ToHashSet();
        var shares = sessions.GroupBy(SessionShare.Of);
        await Task.WhenAll(shares.Select(share => grains.GetGrain<ISessionKeeperGrain>(share.Key).LookAfterAsync([.. share])));
        _pause = pause;
        return sessions;
    }

    /// <summary>Looks at the locks that nobody holds, or that a session holds which was not listed: it has ended, or was opened since.</summary>
    private async Task SweepLocksAsync(HashSet<Guid> listed, CancellationToken cancellationToken)
    {
        await foreach (var (name, entry) in parts.Registers.ListEntriesAsync(ReservedNames.Locks, cancellationToken))
        {
            var holders = LockValue.Of(entry).Holders;
            if (holders.IsEmpty || holders.Any(holder => !listed.Contains(holder.Session)))
                await _locks.CleanUpAsync(name[ReservedNames.Locks.Length..], cancellationToken);
        }
    }

    [LoggerMessage(EventId = 41, Level = LogLevel.Warning, Message = "The sessions could not be looked after; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
