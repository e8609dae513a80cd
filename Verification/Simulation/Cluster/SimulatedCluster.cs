using Orleans.Paxos.Verification.Simulation.Coordination;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.Monitors;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The silos of a run and the objects that they share.</summary>
internal sealed class SimulatedCluster
{
    private readonly Dictionary<string, SimulatedSilo> _silos;

    /// <summary>Creates a cluster.</summary>
    /// <param name="acceptors">How many acceptors its first set has.</param>
    /// <param name="spares">How many silos there are besides, whose acceptors may come into a set.</param>
    /// <param name="newDisk">Creates the disk of an acceptor.</param>
    /// <param name="options">The limits and timeouts.</param>
    /// <param name="dice">Random numbers.</param>
    /// <param name="parts">The replaceable parts.</param>
    /// <param name="trace">Whether to keep a trace.</param>
    public SimulatedCluster(
        int acceptors, int spares, Func<string, InvariantMonitor, Disk> newDisk, PaxosOptions options, Dice dice, Parts parts, bool trace)
    {
        Dice = dice;
        Parts = parts;
        Options = options;
        options.Acceptors = [.. Enumerable.Range(1, acceptors).Select(number => $"a{number}")];
        Set = new AcceptorSet(options.Acceptors, options.Epoch);
        Plan = FaultPlan.Draw(dice);
        Schedule = new Schedule(dice);
        Trace = new Trace(Schedule, trace);
        Monitor = new InvariantMonitor(Set, options);
        Network = new Network(Schedule, dice, Plan, Counts, Monitor, Trace);
        Silos = [.. Enumerable.Range(1, acceptors + spares).Select(number => $"a{number}").Select(name => new SimulatedSilo(this, name, newDisk(name, Monitor)))];
        _silos = Silos.ToDictionary(static silo => silo.Name);
    }

    public Dice Dice { get; }

    public Parts Parts { get; }

    public PaxosOptions Options { get; }

    /// <summary>The first set.</summary>
    public AcceptorSet Set { get; }

    /// <summary>A set that has nothing to do with the cluster's.</summary>
    public AcceptorSet ForeignSet => new(Set.Names, Set.Epoch + 1);

    public FaultPlan Plan { get; }

    public FaultCounts Counts { get; } = new();

    public Schedule Schedule { get; }

    public Trace Trace { get; }

    public InvariantMonitor Monitor { get; }

    public Network Network { get; }

    public RegisterDirectory Directory { get; } = new();

    public IReadOnlyList<SimulatedSilo> Silos { get; }

    /// <summary>Whether the acceptor set is changed in this run.</summary>
    public bool ChangesSets => Silos.Count > Set.Names.Length;

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
