using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>The likelihood of each fault in one run. Half of the kinds do not occur in a run; the others occur rarely or often.</summary>
internal sealed class FaultPlan
{
    private static readonly (TimeSpan Least, TimeSpan Most) Fast = (TimeSpan.FromMilliseconds(0.05), TimeSpan.FromMilliseconds(1));

    private readonly List<Action> _hanging = [];
    private readonly double[] _rates = new double[Enum.GetValues<FaultKind>().Length];

    private (TimeSpan Least, TimeSpan Most) _latency;
    private (TimeSpan Least, TimeSpan Most) _diskLatency;

    private FaultPlan()
    {
    }

    /// <summary>Whether faults are active.</summary>
    public bool Active { get; private set; }

    /// <summary>How long a message takes without a fault.</summary>
    public (TimeSpan Least, TimeSpan Most) Latency => Active ? _latency : Fast;

    /// <summary>How long a storage operation takes without a fault.</summary>
    public (TimeSpan Least, TimeSpan Most) DiskLatency => Active ? _diskLatency : Fast;

    /// <summary>Whether the places of the run are far from each other, some farther than others.</summary>
    public bool IsSpread { get; private init; }

    /// <summary>How long what is delayed may be under way.</summary>
    public TimeSpan LongestDelay { get; private init; }

    /// <summary>The average time between two faults.</summary>
    public TimeSpan BetweenStrokes { get; private init; }

    public static FaultPlan Draw(Dice dice)
    {
        var plan = new FaultPlan
        {
            _latency = Range(dice, 0.05, 20),
            _diskLatency = Range(dice, 0.05, 20),
            IsSpread = dice.Chance(0.2),
            LongestDelay = TimeSpan.FromMilliseconds(dice.Spread(50, 5000)),
            BetweenStrokes = TimeSpan.FromMilliseconds(dice.Spread(50, 2000)),
        };
        foreach (var kind in Enum.GetValues<FaultKind>())
            plan._rates[(int)kind] = dice.Chance(0.5) ? dice.Spread(0.002, 0.2) : 0;
        return plan;
    }

    /// <summary>Leaves only the faults of clients: in a cluster that works, they acquire and lose more.</summary>
    public void SpareCluster()
    {
        Array.Clear(_rates);
        _rates[(int)FaultKind.ClientPause] = 1;
    }

    /// <summary>Leaves the disks alone: who changes the acceptor set loses some, and replaces them.</summary>
    public void SpareDisks() => _rates[(int)FaultKind.LostDisk] = _rates[(int)FaultKind.LostLog] = 0;

    public void Begin() => Active = true;

    /// <summary>Ends all faults and resumes everything that hangs.</summary>
    public void Heal()
    {
        Active = false;
        foreach (var goOn in _hanging)
            goOn();
        _hanging.Clear();
    }

    /// <summary>Registers something that hangs until the faults end.</summary>
    public void Hang(Action goOn) => _hanging.Add(goOn);

    /// <summary>Decides whether a fault affects this message or this storage write.</summary>
    public bool Strikes(FaultKind kind, Dice dice, FaultCounts counts)
    {
        if (!Active || !dice.Chance(_rates[(int)kind]))
            return false;
        counts.Add(kind);
        return true;
    }

    /// <summary>Whether a fault can occur in this run at all.</summary>
    public bool IsPossible(FaultKind kind) => _rates[(int)kind] > 0;

    private static (TimeSpan Least, TimeSpan Most) Range(Dice dice, double least, double most)
    {
        var shortest = dice.Spread(least, most);
        return (TimeSpan.FromMilliseconds(shortest), TimeSpan.FromMilliseconds(shortest * dice.Spread(1, 10)));
    }
}
