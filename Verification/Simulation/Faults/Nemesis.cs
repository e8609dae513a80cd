using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>Causes faults of silos, clients, links and clocks at random moments, and reverts each some time later.</summary>
internal sealed class Nemesis(SimulatedCluster cluster, Func<IReadOnlyList<Machine>> clients, IReadOnlyList<string> registers)
{
    private const int MostStepsToDeath = 30;
    private const int MostStepsToPause = 10;
    private static readonly TimeSpan LongestClockJump = TimeSpan.FromHours(3);

    private static readonly FaultKind[] Strokes =
    [
        FaultKind.OneWayPartition,
        FaultKind.TwoWayPartition,
        FaultKind.Crash,
        FaultKind.ProposerDeath,
        FaultKind.Pause,
        FaultKind.ClientPause,
        FaultKind.SecondAcceptor,
        FaultKind.SecondRegisterGrain,
        FaultKind.ClockJump,
        FaultKind.LostDisk,
        FaultKind.PowerLoss,
        FaultKind.LostLog,
        FaultKind.ForeignSet,
    ];

    private readonly Dice _dice = cluster.Dice;
    private readonly FaultKind[] _enabled = [.. Strokes.Where(kind => cluster.Plan.IsPossible(kind))];
    private int _lostDisks;
    private bool _ended;

    public void Begin()
    {
        if (_enabled.Length > 0)
            Next();
    }

    /// <summary>
    /// Reverts all faults: all silos run, and all links and clocks work. Disks keep their contents, but a blank disk takes the place of one
    /// that is refused, as an operator would do it: the other acceptors cannot begin to vote before all have noted them.
    /// </summary>
    public void End()
    {
        _ended = true;
        cluster.Network.HealCuts();
        cluster.Directory.Heal();
        foreach (var silo in cluster.Silos)
        {
            silo.StopOtherAcceptors();
            silo.Machine.Reprieve();
            silo.Thaw();
            if (silo.Disk.IsRefused)
                LoseDisk(silo);
            StartIfDown(silo);
        }

        foreach (var client in clients())
            client.Thaw();
    }

    private void Next() => cluster.Schedule.After(cluster.Plan.BetweenStrokes * (2 * _dice.Between(0, 1000) / 1000.0), () =>
    {
        if (_ended)
            return;
        Strike(_dice.Pick(_enabled));
        Next();
    });

    private void Strike(FaultKind kind)
    {
        var silo = _dice.Pick(cluster.Silos);
        if (!TryStrike(kind, silo))
            return;
        cluster.Counts.Add(kind);
        cluster.Trace.Line(silo.Name, $"struck: {kind}");
    }

    private bool TryStrike(FaultKind kind, SimulatedSilo silo)
    {
        switch (kind)
        {
            case FaultKind.OneWayPartition or FaultKind.TwoWayPartition:
                CutOff(silo, bothWays: kind == FaultKind.TwoWayPartition);
                return true;
            case FaultKind.Crash when silo.IsUp:
                silo.KillAfter(_dice.Chance(0.5) ? 0 : _dice.Between(1, MostStepsToDeath));
                Later(() => StartIfDown(silo));
                return true;
            case FaultKind.ProposerDeath when silo.IsUp:
                silo.ProposerMachine.Kill();
                silo.StartProposer();
                return true;
            case FaultKind.Pause when silo.IsUp:
                silo.Freeze();
                Later(silo.Thaw);
                return true;
            case FaultKind.ClientPause:
                Pause(_dice.Pick(clients()));
                return true;
            case FaultKind.SecondAcceptor when silo.IsUp:
                silo.StartSecondAcceptor();
                Later(silo.StopOtherAcceptors);
                return true;
            case FaultKind.SecondRegisterGrain:
                cluster.Directory.Split(_dice.Pick(registers));
                Later(cluster.Directory.Heal);
                return true;
            case FaultKind.ClockJump:
                silo.JumpClock((_dice.Chance(0.5) ? 1 : -1) * _dice.Between(TimeSpan.Zero, LongestClockJump));
                return true;
            case FaultKind.LostDisk when cluster.Set.Names.Length - _lostDisks > cluster.Set.Majority:
                _lostDisks++;
                LoseDisk(silo);
                Later(() => StartIfDown(silo));
                return true;
            case FaultKind.PowerLoss when silo.IsUp:
                silo.KillAfter(_dice.Between(0, MostStepsToDeath), onDeath: silo.Disk.LosePower);
                Later(() => StartIfDown(silo));
                return true;
            case FaultKind.LostLog when silo.Disk.IsExclusive && cluster.Set.Names.Length - _lostDisks > cluster.Set.Majority:
                _lostDisks++;
                silo.KillAfter(0);
                silo.Disk.LoseLog(isNoticed: cluster.Parts.NoticesLostLog);
                Later(() => StartIfDown(silo));
                return true;
            case FaultKind.ForeignSet when silo.IsUp:
                ForeignProposal.Send(cluster, silo, _dice.Pick(registers));
                return true;
            default:
                return false;
        }
    }

    private void CutOff(SimulatedSilo silo, bool bothWays)
    {
        foreach (var other in cluster.Silos.Select(other => other.Name).Concat(clients().Select(static client => client.Place)).Where(other => other != silo.Name && _dice.Chance(0.5)))
        {
            cluster.Network.Cut(silo.Name, other);
            if (bothWays)
                cluster.Network.Cut(other, silo.Name);
        }

        Later(cluster.Network.HealCuts);
    }

    /// <summary>A client that hangs between two steps: between a look at something and what it then does, if it so happens.</summary>
    private void Pause(Machine client)
    {
        client.FreezeAfter(_dice.Between(0, MostStepsToPause));
        cluster.Trace.Line(client.Place, "is about to hang");
        Later(client.Thaw);
    }

    private void LoseDisk(SimulatedSilo silo)
    {
        silo.KillAfter(0);
        silo.Disk.Lose(cluster.Parts.IdentityOutlivesDisk);
    }

    private static void StartIfDown(SimulatedSilo silo)
    {
        if (!silo.IsUp)
            silo.Start();
    }

    private void Later(Action undo)
    {
        cluster.Schedule.After(TimeSpan.FromMilliseconds(_dice.Spread(20, 5000)), () =>
        {
            if (!_ended)
                undo();
        });
    }
}
