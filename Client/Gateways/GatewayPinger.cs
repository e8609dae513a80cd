using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Client.Gateways;

/// <summary>Pings one gateway for as long as it is in the set, and reports the results to its <see cref="GatewayHealth"/>.</summary>
internal sealed class GatewayPinger(GatewayHealth health, PaxosClientOptions options, TimeProvider time)
{
    /// <summary>
    /// How long to wait for the answer to a ping before the next one is sent anyway. A ping to a silo that was killed ends only with the
    /// response timeout, and the silo may be back long before. A late answer still counts.
    /// </summary>
    private static readonly TimeSpan AbandonAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private long _lastPing;

    /// <summary>Pings until cancelled or until the gateway has left the set. Never throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pause = options.PingInterval;
            while (!health.Retired)
            {
                await PingOnceAsync(cancellationToken);

                // A gateway that refuses connections is asked less and less often.
                pause = health.IsLive ? options.PingInterval : Shorter(pause * 2, LongestPause);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private async Task PingOnceAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var ping = PingAsync(++_lastPing);
        var silence = TimeSpan.Zero;
        while (silence < options.HungAfter)
        {
            if (await ping.EndsWithinAsync(options.HungAfter - silence, time, cancellationToken))
                return;

            // Calls that are answered in the meantime show that the gateway is slow, not hung.
            silence = time.GetElapsedTime(Math.Max(started, health.AnsweredAt));
        }

        health.Hung(silence);
        await ping.EndsWithinAsync(AbandonAfter, time, cancellationToken);
    }

    /// <summary>Sends one ping. Never throws.</summary>
    private async Task PingAsync(long number)
    {
        try
        {
            await health.Gateway.Proposer().PingAsync();
            health.Answered();
        }
        catch (Exception exception)
        {
            // The failure of a ping that is no longer awaited does not show the gateway's present state.
            if (number == _lastPing)
                health.Failed(exception);
        }
    }
}
