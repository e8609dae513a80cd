using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Changing;
using Orleans.Paxos.Coordination;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Registers;
using Orleans.Paxos.Repair;
using Orleans.Paxos.Verification.Simulation.Coordination;
using Orleans.Paxos.Verification.Simulation.World;
using Orleans.Paxos.Watching;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>
/// A silo: the production acceptor and registers on one machine, combined as in the hosting code. The proposer that is called when a
/// register's grain is not has its own machine, because an activation can die alone.
/// </summary>
internal sealed class SimulatedSilo(SimulatedCluster cluster, string name, Disk disk)
{
    /// <summary>How many registers a reader of feeds remembers after they have ended: so few that it forgets some.</summary>
    private const int MostEnded = 1;

    private static readonly TimeSpan BetweenExchanges = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, ConfigRegister> _registers = [];
    private readonly ClockRate _clockRate = cluster.DrawClockRate();
    private AcceptorPeers _peers = null!;
    private AcceptorPeers _proposerPeers = null!;
    private Acceptor? _acceptor;
    private readonly List<(Machine Machine, Acceptor Acceptor)> _others = [];
    private MissedWrites _missed = null!;
    private SetDriver _driver = null!;
    private Task _driving = Task.CompletedTask;
    private ProposerFront _proposer = null!;
    private PrefixReaders? _prefixReaders;
    private SiloCoordination? _coordination;
    private TimeSpan _utcOffset;

    public string Name => name;

    public Disk Disk => disk;

    public Machine Machine { get; private set; } = null!;

    public Machine ProposerMachine { get; private set; } = null!;

    public bool IsUp => Machine.IsAlive;

    public void Start()
    {
        Machine = new Machine(name, cluster.Schedule, _clockRate, _utcOffset);
        _peers = Peers(Machine);
        _registers.Clear();
        _prefixReaders = null;
        if (disk.IsExclusive)
            _others.Clear();
        disk.Recover(cluster.Parts.FlushesWhatItFinds);
        _missed = new MissedWrites(Machine.Clock);
        _acceptor = NewAcceptor(Machine, _peers);
        StartProposer();
        StartCatchingUp();
        StartChanging();
        _coordination = cluster.Coordination?.Begin(this);
        cluster.Trace.Line(name, "STARTS");
    }

    /// <summary>Makes the acceptor determine whether it may vote.</summary>
    public void Join() => Machine.Post(() => _ = _acceptor!.StatusAsync(name));

    /// <summary>Creates a new proposer activation. Answers of the previous activation, if it still runs, are dropped.</summary>
    public void StartProposer()
    {
        var machine = ProposerMachine = new Machine(name, cluster.Schedule, _clockRate, _utcOffset);
        var peers = _proposerPeers = Peers(machine);
        _proposer = new ProposerFront(
            name,
            NewProposer(peers),
            peers,
            (register, chosen) => new RegisterReference(cluster, machine, name, register).LearnAsync(chosen),
            cluster.Options);
    }

    /// <summary>
    /// Starts a second activation of the acceptor over the same storage: on shared storage as on a silo that was declared dead but still
    /// runs, on exclusive storage in the same process, as after the end of an activation that was cut short.
    /// </summary>
    public void StartSecondAcceptor()
    {
        cluster.Trace.Line(name, "a second activation of the acceptor");
        if (disk.IsExclusive)
        {
            _others.Add((Machine, _acceptor!));
            _acceptor!.Stop();
            _acceptor = NewAcceptor(Machine, _peers);
            return;
        }

        var machine = new Machine(name, cluster.Schedule, _clockRate, _utcOffset);
        _others.Add((machine, NewAcceptor(machine, Peers(machine))));
    }

    public void StopOtherAcceptors()
    {
        foreach (var (machine, _) in _others.Where(other => other.Machine != Machine))
            machine.Kill();
        _others.Clear();
    }

    public void KillAfter(int steps, Action? onDeath = null)
    {
        var machine = Machine;
        machine.KillAfter(steps, () =>
        {
            cluster.Trace.Line(name, "KILLED");
            onDeath?.Invoke();
            ProposerMachine.Kill();
            cluster.Schedule.After(cluster.Dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(3)), () => cluster.Directory.Forget(this, machine));
        });
    }

    public void Freeze()
    {
        Machine.Freeze();
        ProposerMachine.Freeze();
    }

    public void Thaw()
    {
        Machine.Thaw();
        ProposerMachine.Thaw();
    }

    public void JumpClock(TimeSpan by)
    {
        _utcOffset += by;
        Machine.Clock.UtcOffset = ProposerMachine.Clock.UtcOffset = _utcOffset;
    }

    public (Machine Machine, SimulatedSilo Target)? FindSelf() => (Machine, this);

    public (Machine Machine, ProposerFront Target)? FindProposer() => (ProposerMachine, _proposer);

    public (Machine Machine, Acceptor Target)? FindAcceptor() =>
        _others.Count > 0 && cluster.Dice.Chance(0.5) ? cluster.Dice.Pick(_others) : (Machine, _acceptor!);

    public (Machine Machine, ConfigRegister Target)? FindRegister(string register)
    {
        if (!_registers.TryGetValue(register, out var grain))
        {
            var propose = cluster.Parts.Proposing(NewProposer(_peers).ProposeAsync);
            _registers[register] = grain = new ConfigRegister(register, propose, _peers, cluster.Options);
        }

        return (Machine, grain);
    }

    public (Machine Machine, PrefixReaders Target)? FindPrefixReaders()
    {
        _prefixReaders ??= new PrefixReaders(
            _peers,
            stopping => new PrefixReader(_peers, NewProposer(_peers).ProposeAsync, cluster.Options, cluster.Dice.NewId(), stopping, MostEnded),
            CancellationToken.None);
        return (Machine, _prefixReaders);
    }

    public (Machine Machine, WaitingLine Target)? FindLine(string register) => (Machine, _coordination!.LineOf(register));

    public (Machine Machine, SessionKeeper Target)? FindKeeper(string share) => (Machine, _coordination!.KeeperOf(share));

    /// <summary>What changes the acceptor set on this silo.</summary>
    public SetDriver Driver => _driver;

    /// <summary>Has a change that is under way go on here, if it does not.</summary>
    public void Drive()
    {
        if (_driving.IsCompleted)
            _driving = _driver.RunAsync(CancellationToken.None);
    }

    private void StartChanging()
    {
        var peers = _peers;
        _driver = cluster.Parts.Driving(peers, NewProposer(peers).ProposeAsync, cluster.Options, cluster.Dice.NewId);
        _driving = Task.CompletedTask;
        if (!cluster.ChangesSets)
            return;
        var gossip = new SetGossip(peers, cluster.Dice.Fork());
        Machine.Post(() => _ = GossipAsync(peers, gossip));
    }

    private async Task GossipAsync(AcceptorPeers peers, SetGossip gossip)
    {
        while (true)
        {
            await Task.Delay(BetweenExchanges, peers.Clock);
            await gossip.ExchangeAsync();
            _proposerPeers.Learn(peers.Current.Set); // in a silo, both are one
            if (!peers.Current.Set.IsFirst && cluster.Dice.Chance(0.5))
                Drive();
        }
    }

    private void StartCatchingUp()
    {
        if (!cluster.Parts.CatchesUp)
            return;
        var catchUp = new CatchUp(_peers, _peers.PeerOf(name), NewProposer(_peers).ProposeAsync, _missed, cluster.Options, NullLogger.Instance);
        Machine.Post(() => _ = catchUp.RunAsync(CancellationToken.None));
    }

    private AcceptorPeers Peers(Machine machine) => new(
        cluster.Set,
        acceptor => cluster.Parts.Asking(name, acceptor, other => new RemoteAcceptor(new AcceptorReference(cluster, machine, other), machine.Clock)),
        cluster.Options.AcceptorTimeout,
        machine.Clock,
        () => [.. cluster.Silos.Where(static silo => silo.IsUp).Select(static silo => silo.Name)]);

    private Proposer NewProposer(AcceptorPeers peers) => new(
        peers, cluster.Parts.NewBallots(name, cluster.Dice.NewId), cluster.Options, cluster.Dice.Fork(), NullLogger<Proposer>.Instance);

    private Acceptor NewAcceptor(Machine machine, AcceptorPeers peers)
    {
        var storage = cluster.Parts.Storing(new MountedStorage(disk, machine, cluster.Schedule, cluster.Dice, cluster.Plan, cluster.Counts));
        var proposer = NewProposer(peers);
        var acceptor = new Acceptor(
            new AcceptorStorage(storage, name, cluster.Dice.NewId), peers, cluster.Options,
            register => proposer.ProposeAsync(ProposeRequest.End(register)), _missed, NullLogger<Acceptor>.Instance, cluster.Parts.FeedItems);
        machine.Post(acceptor.BeginForgetting);
        return acceptor;
    }
}
