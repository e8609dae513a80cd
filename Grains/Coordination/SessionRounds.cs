using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos.Coordination;

/// <summary>
/// Wakes the keepers: every silo lists the sessions every few seconds, and tells each keeper which of its share there are. Less often, it looks for locks
/// that are held by sessions that have ended.
/// </summary>
internal sealed partial class SessionRounds(CoordinationParts parts, IGrainFactory grains, ILogger<SessionRounds> logger) : BackgroundService
{
    private const int RoundsBetweenSweeps = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly LockRegisters _locks = parts.Locks;

    /// <summary>Wakes the keepers until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        for (var round = 1; ; round++)
        {
            await Task.Delay(Pause, parts.Time, stoppingToken);
            try
            {
                await WakeKeepersAsync(stoppingToken);
                if (round % RoundsBetweenSweeps == 0)
                    await SweepLocksAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!exception.IsPassing())
                    LogFailed(exception);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    private async Task WakeKeepersAsync(CancellationToken cancellationToken)
    {
        var names = await parts.Registers.ListNamesAsync(ReservedNames.Sessions, cancellationToken).ToListAsync(cancellationToken);
        var shares = names.Select(SessionValue.IdOf).OfType<Guid>().GroupBy(SessionShare.Of);
        await Task.WhenAll(shares.Select(share => grains.GetGrain<ISessionKeeperGrain>(share.Key).LookAfterAsync([.. share])));
    }

    private async Task SweepLocksAsync(CancellationToken cancellationToken)
    {
        await foreach (var (name, _) in parts.Registers.ListEntriesAsync(ReservedNames.Locks, cancellationToken))
            await _locks.CleanUpAsync(name[ReservedNames.Locks.Length..], cancellationToken);
    }

    [LoggerMessage(EventId = 41, Level = LogLevel.Warning, Message = "The sessions could not be looked after; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
