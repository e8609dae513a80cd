using Orleans.Paxos.Verification.Simulation.Coordination;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.Monitors;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The silos of a run and the objects that they share.</summary>
internal sealed class SimulatedCluster
{
    private readonly Dictionary<string, SimulatedSilo> _silos;

    public SimulatedCluster(int acceptors, Func<string, InvariantMonitor, Disk> newDisk, PaxosOptions options, Dice dice, Parts parts, bool trace)
    {
        Dice = dice;
        Parts = parts;
        Options = options;
        options.Acceptors = [.. Enumerable.Range(1, acceptors).Select(number => $"a{number}")];
        Set = new AcceptorSet(options.Acceptors, options.Epoch);
        Plan = FaultPlan.Draw(dice);
        Schedule = new Schedule(dice);
        Trace = new Trace(Schedule, trace);
        Monitor = new InvariantMonitor(Set.Names, options);
        Network = new Network(Schedule, dice, Plan, Counts, Monitor, Trace);
        _silos = Set.Names.ToDictionary(name => name, name => new SimulatedSilo(this, name, newDisk(name, Monitor)));
        Silos = [.. _silos.Values];
    }

    public Dice Dice { get; }

    public Parts Parts { get; }

    public PaxosOptions Options { get; }

    public AcceptorSet Set { get; }

    public FaultPlan Plan { get; }

    public FaultCounts Counts { get; } = new();

    public Schedule Schedule { get; }

    public Trace Trace { get; }

    public InvariantMonitor Monitor { get; }

    public Network Network { get; }

    public RegisterDirectory Directory { get; } = new();

    public IReadOnlyList<SimulatedSilo> Silos { get; }

    /// <summary>Makes what sessions and locks run on; null in a run without them.</summary>
    public CoordinationSource? Coordination { get; set; }

    public SimulatedSilo Silo(string name) => _silos[name];

    /// <summary>Gets a grain as it appears to a machine through one gateway.</summary>
    public object Reference(Type grain, Machine from, string gateway, string key) =>
        grain == typeof(IProposerGrain) ? new ProposerReference(this, from, gateway)
        : grain == typeof(IPrefixWatchGrain) ? new PrefixWatchReference(this, from, gateway)
        : grain == typeof(IWaitingLineGrain) ? new WaitingLineReference(this, from, gateway, key)
        : grain == typeof(ISessionKeeperGrain) ? new SessionKeeperReference(this, from, gateway, key)
        : new RegisterReference(this, from, gateway, key);

    /// <summary>Gets the change that a register receives.</summary>
    public ChangeRequest Arriving(ChangeRequest request)
    {
        var arrived = Parts.Arriving(request);
        Monitor.Arrived(arrived);
        return arrived;
    }

    /// <summary>Draws how fast the clock of a machine runs.</summary>
    public ClockRate DrawClockRate() => ClockRate.Draw(Dice, Parts.ClockDrift);
}
