using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>
/// Registers whose grain did not answer, or is probably on a silo that hangs. Calls go around the grain until it answers a probe. A probe is
/// a stale read, never a write, and only registers that are in use are probed.
/// </summary>
/// <param name="gateways">The gateways.</param>
/// <param name="probePatience">How long to wait for a probe before another one is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class SuspectRegisters(GatewayMonitor gateways, TimeSpan probePatience, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private readonly LeastRecentlyUsed<Suspicion> _suspicions = new(MostRemembered);
    private readonly LeastRecentlyUsed<GrainProbe> _probes = new(MostRemembered);

    /// <summary>Whether the register is suspect; if so, it is probed again when the last probe was some time ago.</summary>
    public bool Contains(string name)
    {
        var homeIsLive = gateways.IsFirstChoiceLive(name);
        if (_suspicions.TryGet(name, out var suspicion))
        {
            if (suspicion.Cleared)
            {
                if (homeIsLive)
                    _suspicions.Remove(name);
                return false;
            }

            ProbeIfDue(name, suspicion);
            return true;
        }

        // The gateway that the register's calls prefer is where its grain was placed, if nothing has moved it.
        if (homeIsLive)
            return false;
        Add(name);
        return true;
    }

    /// <summary>The register's grain did not answer, or failed.</summary>
    public void Add(string name)
    {
        var suspicion = _suspicions.Update(name, known => known is null or { Cleared: true } ? new Suspicion() : known);
        ProbeIfDue(name, suspicion);
    }

    /// <summary>
    /// Whether the register's grain answers; calls that ask at about the same time share a probe. It is sent past the gateway
    /// that the register's calls prefer, so that a gateway that hangs is not taken for a grain that does.
    /// </summary>
    /// <param name="name">The register's name.</param>
    /// <param name="since">A probe sent since then will do, answered or not, and so will one that is still waited for.</param>
    /// <returns>True once the grain has answered, false if the probe fails. The task may never end.</returns>
    public Task<bool> ProbeAsync(string name, long since)
    {
        var live = gateways.Live(name);
        return ProbeAsync(name, since, live.Count > 1 ? live[1] : live.FirstOrDefault());
    }

    private void ProbeIfDue(string name, Suspicion suspicion)
    {
        // Through the gateway that calls use: if the grain is gone, this is where it is placed again.
        if (suspicion.IsProbeDue(time))
            _ = ProbeAsync(name, time.GetTimestamp(), gateways.Live(name).FirstOrDefault());
    }

    private Task<bool> ProbeAsync(string name, long since, GatewayHealth? gateway)
    {
        if (gateway is null)
            return Task.FromResult(false);
        var fresh = new GrainProbe(time.GetTimestamp());
        var probe = _probes.Update(name, known => known is not null && (known.SentAt >= since || IsAwaited(known)) ? known : fresh);
        if (probe == fresh)
            _ = SendAsync(fresh, name, gateway);
        return probe.Answered;
    }

    private bool IsAwaited(GrainProbe probe) => !probe.Answered.IsCompleted && time.GetElapsedTime(probe.SentAt) < probePatience;

    /// <summary>Never throws. A probe without an answer is replaced by the next one; an answer to any of them clears the register.</summary>
    private async Task SendAsync(GrainProbe probe, string name, GatewayHealth gateway)
    {
        try
        {
            await gateway.Gateway.Register(name).ReadAsync(ReadConsistency.Stale);
        }
        catch (QuorumUnavailableException)
        {
            // The grain answers, even though the acceptors do not.
        }
        catch (Exception)
        {
            // No call depends on a probe, so its failure needs no handling.
            probe.End(answered: false);
            return;
        }

        gateway.Answered();
        if (_suspicions.TryGet(name, out var suspicion))
            suspicion.Cleared = true;
        probe.End(answered: true);
    }
}
