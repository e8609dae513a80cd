namespace Orleans.Paxos.Verification.Chaos.Processes;

/// <summary>Kills, pauses and restarts silo processes: usually one at a time, and sometimes more.</summary>
/// <param name="cluster">The processes.</param>
/// <param name="random">Selects the faults, the processes and the durations. The exact times depend on the machine.</param>
/// <param name="clock">The clock.</param>
/// <param name="mostAtOnce">How many processes one fault in five affects.</param>
internal sealed class ProcessNemesis(SiloCluster cluster, Random random, RunClock clock, int mostAtOnce)
{
    private static readonly TimeSpan LongestCalm = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(6);

    private static readonly ImmutableArray<ProcessFaultKind> Kinds = [ProcessFaultKind.Kill, ProcessFaultKind.Pause, ProcessFaultKind.Restart];

    private ImmutableArray<ProcessFault> _faults = [];

    /// <summary>The faults so far.</summary>
    public ImmutableArray<ProcessFault> Faults => _faults;

    /// <summary>Causes faults until the given time, of each kind at least one, and then leaves every process running.</summary>
    public async Task RunAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        var kinds = Kinds.ToArray();
        random.Shuffle(kinds);
        for (var number = 0; number < kinds.Length || clock.Elapsed < until; number++)
        {
            var count = random.Next(5) == 0 ? mostAtOnce : 1;
            var victims = cluster.Silos.ToArray();
            random.Shuffle(victims);
            var kind = number < kinds.Length ? kinds[number] : kinds[random.Next(kinds.Length)];
            var strikes = victims.Take(count).Select(victim => (victim, Length: AtMost(kind == ProcessFaultKind.Pause ? LongestPause : LongestAbsence))).ToList();
            await clock.DelayAsync(AtMost(LongestCalm), cancellationToken);
            await Task.WhenAll(strikes.Select(strike => cluster.InTurnAsync(strike.victim, () => StrikeAsync(kind, strike.victim, strike.Length))));
        }
    }

    private async Task StrikeAsync(ProcessFaultKind kind, string victim, TimeSpan length)
    {
        var from = clock.Elapsed;
        switch (kind)
        {
            case ProcessFaultKind.Kill:
                await cluster.KillAsync(victim);
                await clock.DelayAsync(length, CancellationToken.None);
                await cluster.StartAsync(victim);
                break;
            case ProcessFaultKind.Pause:
                cluster.Freeze(victim);
                await clock.DelayAsync(length, CancellationToken.None);
                cluster.Thaw(victim);
                break;
            default:
                await cluster.StopAsync(victim);
                await cluster.StartAsync(victim);
                break;
        }

        ImmutableInterlocked.Update(ref _faults, faults => faults.Add(new ProcessFault(kind, victim, from, clock.Elapsed)));
    }

    /// <summary>Selects a random time between a tenth of the longest and the longest, on a logarithmic scale.</summary>
    private TimeSpan AtMost(TimeSpan longest) => longest * Math.Pow(10, -random.NextDouble());
}
