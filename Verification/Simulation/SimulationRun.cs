using Orleans.Paxos.Protocol;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Clients;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.Coordination;
using Orleans.Paxos.Verification.Simulation.Faults;
using Orleans.Paxos.Verification.Simulation.Monitors;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>The result of one run.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Violations">The failures; empty when there are none.</param>
/// <param name="Counts">How often each fault occurred.</param>
/// <param name="SplitInitialRounds">The number of registers whose acceptors were split between rivals for the first write.</param>
/// <param name="OverflowedWindows">The number of registers whose window has forgotten versions.</param>
/// <param name="ForgottenRegisters">The number of registers that were forgotten.</param>
/// <param name="RegistersBegunAgain">The number of registers that began above what was forgotten.</param>
/// <param name="FencedWrites">The number of chosen versions that were written behind a fence.</param>
/// <param name="Additions">The number of chosen versions that were written by an addition.</param>
/// <param name="Acquisitions">The number of times that a lock was acquired.</param>
/// <param name="Takeovers">The number of times that a lock was acquired although its last holder had not released it.</param>
/// <param name="Sets">The number of acceptor sets that were taken over after the first one.</param>
/// <param name="Operations">The calls of clients and their answers.</param>
/// <param name="Steps">The number of steps and events.</param>
/// <param name="SimulatedTicks">The simulated time, in ticks of 100 ns.</param>
/// <param name="Trace">The events; empty unless a trace was requested.</param>
internal sealed record RunResult(
    long Seed,
    IReadOnlyList<SimulationFailure> Violations,
    FaultCounts Counts,
    int SplitInitialRounds,
    int OverflowedWindows,
    int ForgottenRegisters,
    int RegistersBegunAgain,
    int FencedWrites,
    int Additions,
    int Acquisitions,
    int Takeovers,
    int Sets,
    IReadOnlyList<Operation> Operations,
    long Steps,
    long SimulatedTicks,
    string Trace);

/// <summary>
/// One simulated run. A cluster and clients of random sizes run under random faults, then without faults until everything is
/// done (after TigerBeetle's simulator: a safety phase, then liveness). Then the recorded calls are checked.
/// </summary>
internal sealed class SimulationRun
{
    private static readonly TimeSpan Joining = TimeSpan.FromMilliseconds(500);
    private const int MostCalls = 50;

    /// <summary>Some runs are long enough for windows to forget, and for requests to come again after that.</summary>
    private const double LongRuns = 0.03;
    private const int LongerBy = 8;

    /// <summary>Some runs have sessions and locks. Which ones is drawn apart, so that all others are as they would be without.</summary>
    private const double RunsWithLocks = 0.25;
    private const double RunsThatSpareCluster = 0.5;
    private const double RunsWithRaises = 0.2;
    private const double RunsWithSetChanges = 0.25;
    private const int MostSpares = 4;
    private const long SetChanges = 0x5e7_0000_0000;
    private const int LockUsersFrom = 201;
    private const int MostLockUsers = 4;
    private const int MostRounds = 12;

    /// <summary>The number of acceptors. Most runs have three, as most clusters do.</summary>
    private static readonly int[] Acceptors = [1, 2, 3, 3, 3, 3, 3, 3, 4, 5, 5, 6, 7];

    private static readonly TimeSpan LongestSafetyPhase = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestSafetyPhaseWithLocks = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestHealing = TimeSpan.FromSeconds(60);

    private readonly Recorder _recorder;
    private readonly SimulatedCluster _cluster;
    private readonly RegisterNames _registers;
    private readonly SimulatedClient[] _clients;
    private readonly Watcher[] _watchers;
    private readonly PrefixWatcher[] _prefixWatchers;
    private readonly HeldLocks _held;
    private readonly LockUser[] _lockUsers;
    private readonly Nemesis _nemesis;
    private readonly SetOperator _operator;
    private readonly RaisedWatermarks? _raised;
    private readonly int _calls;
    private readonly bool _isShared;
    private readonly int _longerBy;

    private SimulationRun(long seed, Parts parts, bool trace)
    {
        var dice = new Dice(seed);
        _recorder = new Recorder(parts);
        var options = new PaxosOptions
        {
            HistoryEntries = dice.Between(1, 16),
            ReplacedBytesInRecord = dice.Between(0, 400),
            AcceptorMemoryBytes = dice.Chance(0.2) ? 1 : 1_000_000,
            AcceptorTimeout = TimeSpan.FromMilliseconds(dice.Spread(50, 1000)),
            ProposalTimeout = TimeSpan.FromMilliseconds(dice.Spread(300, 3000)),
            ForgetAfter = parts.Forgets || dice.Chance(0.3) ? TimeSpan.FromMilliseconds(dice.Spread(200, 3000)) : TimeSpan.FromHours(1),
            NameBuckets = dice.Chance(0.5) ? 1 : 65_536,
        };
        var acceptors = dice.Pick(Acceptors);
        var exclusive = (dice.Chance(0.6) || parts.UsesDisks) && !parts.UsesAccounts;
        _isShared = !exclusive;
        var logged = dice.Chance(0.5) ? options.HistoryLimits : (HistoryLimits?)null;
        var changing = new Dice(seed ^ SetChanges);
        var spares = changing.Chance(RunsWithSetChanges) || parts.ChangesSets ? changing.Between(1, MostSpares) : 0;
        _cluster = new SimulatedCluster(acceptors, spares, (acceptor, monitor) => new Disk(acceptor, exclusive, logged, monitor), options, dice, parts, trace);
        _registers = new RegisterNames(dice, PerhapsSplit);
        var fences = new FenceSource(dice, parts.UsesFences);
        _held = new HeldLocks(_cluster.Trace, _cluster.Monitor.Broken);
        var apart = new Dice(~seed);
        var usesLocks = apart.Chance(RunsWithLocks) || parts.UsesLocks;
        if (usesLocks)
            _cluster.Coordination = new CoordinationSource(_cluster, _recorder);
        if (usesLocks && (apart.Chance(RunsThatSpareCluster) || parts.UsesLocks))
            _cluster.Plan.SpareCluster();
        if (_cluster.ChangesSets)
            _cluster.Plan.SpareDisks();
        foreach (var silo in _cluster.Silos)
            silo.Start();
        _clients = [.. Enumerable.Range(1, dice.Between(1, 8)).Select(number => new SimulatedClient(_cluster, _recorder, _registers, fences, number))];
        _watchers = [.. _clients.Where(_ => dice.Chance(0.3)).Select(client => client.Watch(dice.Pick(_registers.All)))];
        _prefixWatchers = [.. _clients.Take(parts.WatchesPrefixes || dice.Chance(0.3) ? dice.Between(1, 2) : 0).Select(client => client.WatchPrefix(dice.Chance(0.5) ? "" : "r"))];
        _lockUsers = [.. Enumerable.Range(LockUsersFrom, usesLocks ? dice.Between(2, MostLockUsers) : 0).Select(number => new LockUser(_cluster, _recorder, _held, number))];
        _nemesis = new Nemesis(_cluster, Machines, _registers.All);
        _operator = new SetOperator(_cluster, changing);
        _raised = apart.Chance(RunsWithRaises) || parts.Raises ? new RaisedWatermarks(_cluster, _registers.All, apart) : null;
        _longerBy = dice.Chance(LongRuns) ? LongerBy : 1;
        _calls = dice.Between(1, MostCalls / _clients.Length) * _longerBy;
    }

    public static RunResult Execute(long seed, Parts? parts = null, bool trace = false)
    {
        var run = new SimulationRun(seed, parts ?? new Parts(), trace);
        var violations = run.Run();
        var cluster = run._cluster;
        return new RunResult(
            seed,
            violations,
            cluster.Counts,
            cluster.Monitor.SplitInitialRounds,
            cluster.Monitor.OverflowedWindows,
            cluster.Monitor.ForgottenRegisters,
            cluster.Monitor.RegistersBegunAgain,
            cluster.Monitor.FencedWrites,
            cluster.Monitor.Additions,
            run._held.Acquired,
            run._held.TakenOver,
            cluster.Monitor.Sets.Changes,
            run._recorder.Operations,
            cluster.Schedule.Steps,
            cluster.Schedule.Now,
            cluster.Trace.ToString());
    }

    private List<SimulationFailure> Run()
    {
        Safety();
        var alive = Liveness();
        var operations = _recorder.Operations.GroupBy(static operation => operation.Register).SelectMany(Told).ToList();
        var verdict = LinearizabilityChecker.Check(operations);
        return
        [
            .. SimulationFailure.Of(FailureKind.Invariant, _cluster.Monitor.Broken),
            .. SimulationFailure.Of(FailureKind.Invariant, _raised?.Broken() ?? []),
            .. SimulationFailure.Of(FailureKind.Unexpected, _recorder.Unexpected),
            .. SimulationFailure.Of(FailureKind.Unexpected, _cluster.Schedule.HasStrayed ? ["code went on in another thread, so the seed does not determine the run"] : []),
            .. SimulationFailure.Of(FailureKind.History, verdict.IsLinearizable ? [] : [verdict.ToString()]),
            .. SimulationFailure.Of(FailureKind.History, ListingRules.Check([.. operations.Where(static operation => operation.Register[0] != ReservedNames.Mark)], _recorder.Listings)),
            .. SimulationFailure.Of(FailureKind.Liveness, _recorder.Stuck),
            .. alive is null ? Array.Empty<SimulationFailure>() : [alive],
        ];
    }

    private IEnumerable<Operation> Told(IGrouping<string, Operation> register)
    {
        var chain = _cluster.Monitor.ChainOf(register.Key);
        return chain.Ends.Count > 0 || chain.Origins.Count > 0 ? new Lives(chain).Told([.. register]) : register;
    }

    /// <summary>Introduces all acceptors to each other, as an operator does at the first start of a cluster.</summary>
    private void Join()
    {
        foreach (var silo in _cluster.Silos)
            silo.Join();
        Within(Joining, () => false);
        if (_raised is null)
            return;
        _raised.Send();
        Within(Joining, () => false);
    }

    private void Safety()
    {
        if (_cluster.Dice.Chance(0.9))
            Join();
        _cluster.Plan.Begin();
        _nemesis.Begin();
        if (_cluster.ChangesSets)
            _operator.Begin();
        foreach (var client in _clients)
            client.Work(_calls);
        foreach (var user in _lockUsers)
            user.Work(_cluster.Dice.Between(1, MostRounds) * _longerBy);
        var longest = _lockUsers.Length > 0 ? LongestSafetyPhaseWithLocks : LongestSafetyPhase;
        _cluster.Schedule.RunUntil(AllIdle, longest.Ticks * _longerBy);
    }

    /// <summary>Checks that without faults every operation in progress ends, every new one succeeds, and watchers are given all versions.</summary>
    /// <returns>What did not; null when all did.</returns>
    private SimulationFailure? Liveness()
    {
        _cluster.Plan.Heal();
        _nemesis.End();
        _operator.End();
        _cluster.Trace.Line("", "ALL FAULTS HEALED");
        foreach (var user in _lockUsers)
            user.Stop();
        if (!Within(LongestHealing * _longerBy, AllIdle))
            return new SimulationFailure(FailureKind.Liveness, "calls that were under way when all faults were healed have not ended");
        if (!Within(LongestHealing * _longerBy, SetIsSettled))
            return new SimulationFailure(FailureKind.Liveness, $"the acceptors have not come to have one set: {SetsHeld()}");
        Within(Settling, () => false);
        if (!AcceptorsLivedTwice && !Within(LongestHealing * _longerBy, () => Behind() is null))
            return new SimulationFailure(FailureKind.Missed, $"{Behind()}, and no other version follows");
        if (!AcceptorsLivedTwice && !Within(LongestHealing * _longerBy, () => _cluster.Monitor.Behind() is null))
            return new SimulationFailure(FailureKind.Missed, $"{_cluster.Monitor.Behind()}, and it does not catch up");
        foreach (var client in _clients)
            client.Finish();
        if (!Within(LongestHealing * _longerBy, AllIdle))
            return new SimulationFailure(FailureKind.Liveness, "calls made after all faults were healed have not ended");
        foreach (var step in (Action<LockUser>[])[static user => user.ReleaseAll(), static user => user.AcquireAll(), static user => user.Close(), static user => user.WaitForEnds()])
        {
            Array.ForEach(_lockUsers, step);
            if (!Within(LongestHealing, AllIdle))
                return new SimulationFailure(FailureKind.Liveness, "what was done with locks after all faults were healed has not ended");
        }

        return Within(LongestHealing * _longerBy, () => Behind() is null) ? null : new SimulationFailure(FailureKind.Missed, Behind()!);
    }

    /// <summary>Splits a register in some runs: rivals for its first write are on different silos, each with its own grain of the register.</summary>
    private void PerhapsSplit(string register)
    {
        if (!_cluster.Plan.IsPossible(FaultKind.SecondRegisterGrain) || !_cluster.Dice.Chance(0.5))
            return;
        _cluster.Directory.Split(register);
        _cluster.Counts.Add(FaultKind.SecondRegisterGrain);
    }

    /// <summary>
    /// Whether an acceptor lived twice on storage that both could write to. What one of the two accepts, the other names in its feed only when
    /// it reads the register.
    /// </summary>
    private bool AcceptorsLivedTwice => _isShared && _cluster.Counts[FaultKind.SecondAcceptor] > 0;

    private bool SetIsSettled() => !_cluster.Monitor.Sets.Latest.IsJoint && _cluster.Monitor.Sets.Latest.Names.All(name => _cluster.Monitor.Sets.HeldBy(name) == _cluster.Monitor.Sets.Latest);

    private string SetsHeld() => string.Join("; ", _cluster.Silos.Select(silo => $"{silo.Name} has {_cluster.Monitor.Sets.HeldBy(silo.Name)}"));

    private bool Within(TimeSpan time, Func<bool> reached) => _cluster.Schedule.RunUntil(reached, _cluster.Schedule.Now + time.Ticks);

    private bool AllIdle() => Array.TrueForAll(_clients, client => client.IsIdle) && Array.TrueForAll(_lockUsers, user => user.IsIdle);

    /// <summary>The processes of clients.</summary>
    private IReadOnlyList<Machine> Machines() => [.. _clients.Select(static client => client.Machine), .. _lockUsers.Select(static user => user.Machine)];

    /// <summary>A watcher that has not been given all versions; null if there is none.</summary>
    private string? Behind()
    {
        foreach (var register in _registers.All)
        {
            if (NewestOf(register) is not { } entry)
                continue;
            var chain = _cluster.Monitor.ChainOf(register);
            var hasEnded = chain.Ends.Any(end => end >= entry.Version);
            if (_watchers.Any(watcher => watcher.Register == register && watcher.Version < entry.Version && !(hasEnded && watcher.Version == 0)))
                return $"a watcher of register {register} has not been given version {entry.Version}";
            if (_prefixWatchers.Any(watcher => watcher.Follows(register) && !watcher.Knows(register, entry, hasValue: chain.HasValue && !hasEnded)))
                return $"a watcher of a prefix has not been given version {entry.Version} of {register}";
        }

        return null;
    }

    /// <summary>The newest entry of a register that anybody was shown; null for none.</summary>
    private Observed? NewestOf(string register) => _recorder.Operations.Where(operation => operation.Register == register)
        .SelectMany(operation => operation.Entries).Select(entry => (Observed?)entry).MaxBy(entry => entry!.Value.Version);
}
