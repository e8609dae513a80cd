namespace Orleans.Paxos.Verification;

/// <summary>What came of one run.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Violations">What went wrong; empty when nothing did.</param>
/// <param name="Counts">How often each fault struck.</param>
/// <param name="Operations">What clients asked and were told.</param>
/// <param name="Steps">How many steps and events it had.</param>
/// <param name="SimulatedTicks">How much simulated time it took, in ticks of 100 ns.</param>
/// <param name="Trace">What happened; empty unless it was asked for.</param>
internal sealed record RunResult(
    long Seed,
    IReadOnlyList<string> Violations,
    FaultCounts Counts,
    IReadOnlyList<Operation> Operations,
    long Steps,
    long SimulatedTicks,
    string Trace);

/// <summary>
/// One simulated run: a cluster and clients of random sizes under random faults, then the same without faults until all is
/// done (after TigerBeetle's simulator: a safety phase, then liveness), then the judgement of what was recorded.
/// </summary>
internal sealed class SimulationRun
{
    private static readonly TimeSpan LongestSafetyPhase = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestHealing = TimeSpan.FromSeconds(60);

    private readonly Recorder _recorder = new();
    private readonly SimulatedCluster _cluster;
    private readonly string[] _registers;
    private readonly SimulatedClient[] _clients;
    private readonly Watcher[] _watchers;
    private readonly Nemesis _nemesis;
    private readonly int _calls;

    private SimulationRun(long seed, Parts parts, bool trace)
    {
        var dice = new Dice(seed);
        var options = new PaxosOptions
        {
            HistoryEntries = dice.Between(1, 16),
            ReplacedBytesInRecord = dice.Between(0, 400),
            AcceptorMemoryBytes = dice.Chance(0.2) ? 1 : 1_000_000,
            AcceptorTimeout = TimeSpan.FromMilliseconds(dice.Spread(50, 1000)),
            ProposalTimeout = TimeSpan.FromMilliseconds(dice.Spread(300, 3000)),
        };
        _cluster = new SimulatedCluster(dice.Between(1, 7), exclusiveStorage: dice.Chance(0.6), options, dice, parts, trace);
        _registers = [.. Enumerable.Range(1, dice.Between(1, 5)).Select(number => $"r{number}")];
        foreach (var silo in _cluster.Silos)
            silo.Start();
        _clients = [.. Enumerable.Range(1, dice.Between(1, 8)).Select(number => new SimulatedClient(_cluster, _recorder, _registers, number))];
        _watchers = [.. _clients.Where(_ => dice.Chance(0.3)).Select(client => client.Watch(dice.Pick(_registers)))];
        _nemesis = new Nemesis(_cluster, [.. Enumerable.Range(1, _clients.Length).Select(SimulatedClient.NameOf)], _registers);
        _calls = dice.Between(1, 60 / _clients.Length);
    }

    public static RunResult Execute(long seed, Parts? parts = null, bool trace = false)
    {
        var run = new SimulationRun(seed, parts ?? new Parts(), trace);
        var violations = run.Run();
        var cluster = run._cluster;
        return new RunResult(
            seed, violations, cluster.Counts, run._recorder.Operations, cluster.Schedule.Steps, cluster.Schedule.Now, cluster.Trace.ToString());
    }

    private List<string> Run()
    {
        Safety();
        var alive = Liveness();
        var verdict = LinearizabilityChecker.Check(_recorder.Operations);
        return
        [
            .. _cluster.Monitor.Broken,
            .. _recorder.Unexpected,
            .. verdict.IsLinearizable ? Array.Empty<string>() : [verdict.ToString()],
            .. alive is null ? Array.Empty<string>() : [alive],
        ];
    }

    private void Safety()
    {
        _cluster.Schedule.After(TimeSpan.FromMilliseconds(_cluster.Dice.Between(0, 2) * 300), () =>
        {
            _cluster.Plan.Begin();
            _nemesis.Begin();
        });
        foreach (var client in _clients)
            client.Work(_calls);
        _cluster.Schedule.RunUntil(AllIdle, LongestSafetyPhase.Ticks);
    }

    /// <summary>Without faults everything that was begun ends, and everything that begins succeeds.</summary>
    /// <returns>What did not; null when all did.</returns>
    private string? Liveness()
    {
        _cluster.Plan.Heal();
        _nemesis.End();
        _cluster.Trace.Line("", "ALL FAULTS HEALED");
        if (!Within(LongestHealing, AllIdle))
            return "calls that were under way when all faults were healed have not ended";
        Within(Settling, () => false);
        foreach (var client in _clients)
            client.Finish();
        if (!Within(LongestHealing, AllIdle))
            return "calls made after all faults were healed have not ended";
        return Within(LongestHealing, () => Array.TrueForAll(_watchers, HasSeenAll)) ? null : "a watcher has not been given all versions";
    }

    private bool Within(TimeSpan time, Func<bool> reached) => _cluster.Schedule.RunUntil(reached, _cluster.Schedule.Now + time.Ticks);

    private bool AllIdle() => Array.TrueForAll(_clients, client => client.IsIdle);

    private bool HasSeenAll(Watcher watcher) =>
        watcher.Version >= _recorder.Operations.Where(operation => operation.Register == watcher.Register)
            .SelectMany(operation => operation.Entries).Select(entry => entry.Version).DefaultIfEmpty().Max();
}
