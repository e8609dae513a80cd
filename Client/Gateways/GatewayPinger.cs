namespace Orleans.Paxos.Client.Gateways;

/// <summary>Pings one gateway for as long as it is in the set, and tells its <see cref="GatewayHealth"/> what comes of it.</summary>
internal sealed class GatewayPinger(GatewayHealth health, PaxosClientOptions options, TimeProvider time)
{
    /// <summary>
    /// A ping sent to a silo that was killed is not answered before the response timeout, long after the silo may be
    /// back: after this long the next one is sent. A late answer counts all the same.
    /// </summary>
    private static readonly TimeSpan AbandonAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private long _lastPing;

    /// <summary>Pings until cancelled or the gateway has left the set; never throws.</summary>
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

            // Calls that are answered meanwhile show that the gateway is slow, not hung.
            silence = time.GetElapsedTime(Math.Max(started, health.AnsweredAt));
        }

        health.Hung(silence);
        await ping.EndsWithinAsync(AbandonAfter, time, cancellationToken);
    }

    /// <summary>Never throws.</summary>
    private async Task PingAsync(long number)
    {
        try
        {
            await health.Gateway.Proposer().PingAsync();
            health.Answered();
        }
        catch (Exception exception)
        {
            // The failure of a ping that was given up says nothing of how the gateway is now.
            if (number == _lastPing)
                health.Failed(exception);
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
