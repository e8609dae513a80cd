using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Calls;

/// <summary>
/// Registers whose grain did not answer or is probably on a hung silo. Calls go around the grain until it answers a probe. A probe is a
/// stale read, never a write, and only registers that are in use are probed.
/// </summary>
/// <param name="gateways">The gateways.</param>
/// <param name="probePatience">How long to wait for a probe before another one is sent.</param>
/// <param name="time">The clock.</param>
internal sealed class SuspectRegisters(GatewayMonitor gateways, TimeSpan probePatience, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private readonly LeastRecentlyUsed<Suspicion> _suspicions = new(MostRemembered);
    private readonly LeastRecentlyUsed<GrainProbe> _probes = new(MostRemembered);

    /// <summary>Whether the register is suspect. If so, it is probed again when the last probe was some time ago.</summary>
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

        // The register's grain was placed at the gateway that its calls prefer, unless something has moved it.
        if (homeIsLive)
            return false;
        Add(name);
        return true;
    }

    /// <summary>Marks the register as suspect because its grain failed or did not answer.</summary>
    public void Add(string name)
    {
        var suspicion = _suspicions.Update(name, known => known is null or { Cleared: true } ? new Suspicion() : known);
        ProbeIfDue(name, suspicion);
    }

    /// <summary>
    /// Finds out whether the register's grain answers. Calls that ask at about the same time share a probe. The probe bypasses the
    /// gateway that the register's calls prefer, so that a hung gateway is not mistaken for a hung grain.
    /// </summary>
    /// <param name="name">The register's name.</param>
    /// <param name="since">A timestamp. A probe sent since then is enough, answered or not, and so is a probe that is still
    /// awaited.</param>
    /// <returns>True once the grain has answered, false if the probe fails. The task may never end.</returns>
    public Task<bool> ProbeAsync(string name, long since)
    {
        var live = gateways.Live(name);
        return ProbeAsync(name, since, live.Count > 1 ? live[1] : live.FirstOrDefault());
    }

    private void ProbeIfDue(string name, Suspicion suspicion)
    {
        // Use the gateway that calls use: if the grain is gone, it is placed there again.
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

    /// <summary>
    /// Sends a probe. Never throws. A probe without an answer is replaced by the next one; an answer to any of them clears the register.
    /// </summary>
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
