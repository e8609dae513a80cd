using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>
/// Sees all handles of all processes in true time, which no process can: no more hold a lock at one moment than may, and tokens rise. More hold it than
/// may only from a moment on at which one is given it or acts on it, so it is enough to look then.
/// </summary>
internal sealed class HeldLocks(Trace trace, List<string> broken)
{
    private readonly Dictionary<LockName, List<Hold>> _holds = [];
    private readonly Dictionary<LockName, IHolding> _last = [];

    /// <summary>How often a lock was acquired.</summary>
    public int Acquired { get; private set; }

    /// <summary>How often a lock was acquired by another session than before it, while that one had neither released nor closed.</summary>
    public int TakenOver { get; private set; }

    /// <summary>A process is given a lock.</summary>
    public Hold Given(LockName name, IHolding holding, Machine machine)
    {
        Acquired++;
        var hold = new Hold(name, holding, machine);
        if (trace.On)
            trace.Line(machine.Place, $"HOLDS {hold}, {holding.Session.Remaining.TotalMilliseconds:0.0} ms left");
        if (hold.IsHeld && name.Limit == 1)
            CheckToken(hold);
        HoldsOf(name).Add(hold);
        Look(name);
        return hold;
    }

    /// <summary>The release of a lock begins. All handles of one session are given up with one of them, because they share a token.</summary>
    public void GiveUp(Hold hold)
    {
        foreach (var same in HoldsOf(hold.Name).Where(other => other.Holding.Session == hold.Holding.Session))
            same.IsGivenUp = true;
    }

    /// <summary>Looks who holds a lock at this moment.</summary>
    public void Look(LockName name)
    {
        var holds = HoldsOf(name);
        var held = holds.Where(static hold => hold.IsHeld).DistinctBy(static hold => hold.Holding.Session.Id).ToList();
        if (held.Count > name.Limit)
            broken.Add($"Locks: at one moment {string.Join(" and ", held)} are held, and {name.Limit} may be.");
    }

    private void CheckToken(Hold hold)
    {
        if (_last.TryGetValue(hold.Name, out var last) && last.Session.Id != hold.Holding.Session.Id)
        {
            TakenOver += HoldsOf(hold.Name).Any(other => other.Holding == last && !other.IsGivenUp) ? 1 : 0;
            if (hold.Holding.Token <= last.Token)
                broken.Add($"Locks: {hold} was acquired after token {last.Token}.");
        }

        _last[hold.Name] = hold.Holding;
    }

    private List<Hold> HoldsOf(LockName name)
    {
        if (!_holds.TryGetValue(name, out var holds))
            _holds.Add(name, holds = []);
        return holds;
    }
}
