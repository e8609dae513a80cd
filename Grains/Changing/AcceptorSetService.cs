using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Changing;

/// <summary>Keeps what a silo knows of the acceptor set up to date, and has a change that is under way go on, whichever silo drove it before.</summary>
internal sealed partial class AcceptorSetService(
    AcceptorPeers peers, IGrainFactory grains, Random random, ILogger<AcceptorSetService> logger) : BackgroundService
{
    private const int ExchangesBetweenLooks = 30;
    private static readonly TimeSpan BetweenExchanges = TimeSpan.FromSeconds(2);

    private readonly SetGossip _gossip = new(peers, random);
    private AcceptorSet? _settled;
    private int _untilLook;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(BetweenExchanges, peers.Clock, stoppingToken);
            try
            {
                await _gossip.ExchangeAsync();
                await ContinueAsync();
            }
            catch (Exception exception) when (exception is QuorumUnavailableException or SiloUnavailableException or OrleansMessageRejectionException)
            {
                // nothing can be decided now, or the silo that drove the change is gone, and the next attempt finds another
            }
            catch (Exception exception)
            {
                stoppingToken.ThrowIfCancellationRequested(); // a silo that stops has nobody to ask any more
                LogFailed(exception);
            }
        }
    }

    /// <summary>
    /// Has a change go on until the set that this silo knows is settled, and looks for one now and then: who decided it may have died before anyone heard of it.
    /// </summary>
    private async Task ContinueAsync()
    {
        var set = peers.Current.Set;
        if (set == _settled && _untilLook-- > 0)
            return;
        if (await grains.GetGrain<ISetDriverGrain>(ISetDriverGrain.Key).ContinueAsync() is null)
            (_settled, _untilLook) = (set, ExchangesBetweenLooks);
    }

    [LoggerMessage(EventId = 19, Level = LogLevel.Warning, Message = "The acceptor set could not be compared with the other silos'; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
