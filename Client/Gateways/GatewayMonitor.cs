using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Client.Gateways;

/// <summary>Knows which gateways are live, by pinging all of them continuously.</summary>
internal sealed class GatewayMonitor(IGatewaySource source, PaxosClientOptions options, TimeProvider time, ILogger<GatewayMonitor> logger)
{
    private readonly Lock _gate = new();
    private volatile Snapshot _snapshot = new([], []);

    /// <summary>
    /// Returns the live gateways. When there are none, returns those that hang, because they may still carry out a call. It never returns
    /// a gateway that cannot be reached, so that a call that was not sent is known not to have been sent.
    /// </summary>
    /// <param name="key">What is called, such as a register's name. Every client of the cluster orders the gateways for a key in the same
    /// way, so that a register is called through one gateway, and the registers are spread over all of them.</param>
    public IReadOnlyList<GatewayHealth> Live(string key)
    {
        var gateways = Sync();
        if (!gateways.All(gateway => gateway.IsLive))
        {
            gateways = gateways.Any(gateway => gateway.IsLive)
                ? [.. gateways.Where(gateway => gateway.IsLive)]
                : [.. gateways.Where(gateway => gateway.Failure is null)];
        }

        return PreferenceOrder.Of(gateways, key);
    }

    /// <summary>Why a gateway cannot be reached; null when none is known to be out of reach.</summary>
    public Exception? LastFailure() => Sync().Select(gateway => gateway.Failure).LastOrDefault(failure => failure is not null);

    /// <summary>Whether a key's first choice among all gateways is live.</summary>
    public bool IsFirstChoiceLive(string key)
    {
        var gateways = Sync();
        return gateways.All(gateway => gateway.IsLive) || PreferenceOrder.Of(gateways, key)[0].IsLive;
    }

    /// <summary>Pings until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pinged = new Dictionary<GatewayHealth, Task>();
        try
        {
            while (true)
            {
                foreach (var gateway in Sync())
                {
                    if (!pinged.ContainsKey(gateway))
                        pinged.Add(gateway, new GatewayPinger(gateway, options, time).RunAsync(cancellationToken));
                }

                foreach (var retired in pinged.Keys.Where(gateway => gateway.Retired).ToList())
                    pinged.Remove(retired);
                await Task.Delay(options.PingInterval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAll(pinged.Values);
        }
    }

    private ImmutableArray<GatewayHealth> Sync()
    {
        var current = source.Current;
        if (_snapshot.Source == current)
            return _snapshot.Gateways;
        lock (_gate)
        {
            var before = _snapshot.Gateways.ToDictionary(health => health.Gateway);
            _snapshot = new Snapshot(
                current,
                [.. current.Select(gateway => before.Remove(gateway, out var health) ? health : new GatewayHealth(gateway, time, logger))]);
            foreach (var gone in before.Values)
                gone.Retired = true;
            return _snapshot.Gateways;
        }
    }

    private sealed record Snapshot(ImmutableArray<IGateway> Source, ImmutableArray<GatewayHealth> Gateways);
}
