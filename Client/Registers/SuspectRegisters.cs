namespace Orleans.Paxos;

/// <summary>
/// Registers whose grain was slow or failed: calls pass it by until it answers a probe. A probe is a stale read, never a
/// write, and only registers that are in use are probed.
/// </summary>
internal sealed class SuspectRegisters(GatewayMonitor gateways, TimeProvider time)
{
    private const int MostSuspects = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly LeastRecentlyUsed<Suspicion> _suspicions = new(MostSuspects);

    /// <summary>Whether the register is suspect; if so, it is probed again when the last probe was some time ago.</summary>
    public bool Contains(string name)
    {
        if (!_suspicions.TryGet(name, out var suspicion))
            return false;
        ProbeIfDue(name, suspicion);
        return true;
    }

    public void Add(string name) => ProbeIfDue(name, _suspicions.Update(name, known => known ?? new Suspicion()));

    private void ProbeIfDue(string name, Suspicion suspicion)
    {
        if (suspicion.IsProbeDue(time.GetTimestamp(), time))
            _ = ProbeAsync(name);
    }

    /// <summary>Never throws. A probe that is never answered is left behind by the next one; whichever is answered clears the register.</summary>
    private async Task ProbeAsync(string name)
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
        _suspicions.Remove(name);
    }

    private sealed class Suspicion
    {
        private readonly Lock _gate = new();
        private long _probedAt;
        private TimeSpan _pause;

        public bool IsProbeDue(long now, TimeProvider time)
        {
            lock (_gate)
            {
                if (_pause > TimeSpan.Zero && time.GetElapsedTime(_probedAt, now) < _pause)
                    return false;
                _probedAt = now;
                _pause = _pause == TimeSpan.Zero ? FirstPause : _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
                return true;
            }
        }
    }
}
