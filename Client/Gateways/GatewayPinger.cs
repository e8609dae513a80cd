namespace Orleans.Paxos.Client.Gateways;

/// <summary>Pings one gateway for as long as it is in the set, and tells its <see cref="GatewayHealth"/> what comes of it.</summary>
internal sealed class GatewayPinger(GatewayHealth health, PaxosClientOptions options, TimeProvider time)
{
    /// <summary>
    /// After this long, the next ping is sent although the last one has no answer: a ping to a silo that was killed only ends with the
    /// response timeout, when the silo may have been back for long. A late answer still counts.
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

            // Calls that are answered in the meantime show that the gateway is slow, not hung.
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
            // The failure of a ping that is no longer waited for does not show the gateway's present state.
            if (number == _lastPing)
                health.Failed(exception);
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
