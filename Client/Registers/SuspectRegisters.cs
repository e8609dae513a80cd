namespace Orleans.Paxos;

/// <summary>
/// Registers whose grain was slow or failed, or is likely to be on a silo that hangs: calls pass it by until it answers a
/// probe. A probe is a stale read, never a write, and only registers that are in use are probed.
/// </summary>
internal sealed class SuspectRegisters(GatewayMonitor gateways, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private readonly LeastRecentlyUsed<Suspicion> _suspicions = new(MostRemembered);

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

    /// <summary>The register's grain was slow, or failed.</summary>
    public void Add(string name)
    {
        var suspicion = _suspicions.Update(name, known => known is null or { Cleared: true } ? new Suspicion() : known);
        ProbeIfDue(name, suspicion);
    }

    private void ProbeIfDue(string name, Suspicion suspicion)
    {
        if (suspicion.IsProbeDue(time))
            _ = ProbeAsync(name, suspicion);
    }

    /// <summary>Never throws. A probe that is never answered is left behind by the next one; whichever is answered clears the register.</summary>
    private async Task ProbeAsync(string name, Suspicion suspicion)
    {
        if (gateways.Live(name).FirstOrDefault() is not { } gateway)
            return;
        try
        {
            await gateway.Gateway.Register(name).ReadAsync(ReadConsistency.Stale);
        }
        catch (QuorumUnavailableException)
        {
            // The grain answers; that the acceptors do not is another matter.
        }
        catch (Exception)
        {
            // Still suspect. What the failure was is of no use here: no call depends on it.
            return;
        }

        gateway.Answered();
        suspicion.Cleared = true;
    }
}
