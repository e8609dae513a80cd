namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>Kills and pauses holders, several at a time if it comes to that.</summary>
/// <param name="holders">The holders.</param>
/// <param name="random">Selects the faults, the holders and the durations. The exact times depend on the machine.</param>
/// <param name="timeToLive">The time-to-live of their sessions.</param>
/// <param name="isControl">Whether pauses spare the commands, and are then no excuse for what these write.</param>
/// <param name="clock">The clock of the delays.</param>
internal sealed class HolderNemesis(IReadOnlyList<LockHolder> holders, Random random, TimeSpan timeToLive, bool isControl, RunClock clock)
{
    private static readonly TimeSpan LongestCalm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly HashSet<string> _struck = [];
    private ImmutableArray<HolderFault> _faults = [];

    /// <summary>The faults that are over.</summary>
    public ImmutableArray<HolderFault> Faults => _faults;

    /// <summary>Causes faults until the given time, of each kind at least one, and then waits until all are over.</summary>
    public async Task RunAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        var kinds = Enum.GetValues<HolderFaultKind>();
        random.Shuffle(kinds);
        var strikes = new List<Task>();
        while ((strikes.Count < kinds.Length || clock.Elapsed < until) && !cancellationToken.IsCancellationRequested)
        {
            var kind = strikes.Count < kinds.Length ? kinds[strikes.Count] : (HolderFaultKind)random.Next(kinds.Length);
            var mustHold = strikes.Count < kinds.Length || random.Next(5) > 0;
            await Task.WhenAny(clock.DelayAsync(LongestCalm * random.NextDouble(), cancellationToken));
            while ((strikes.Count < kinds.Length || clock.Elapsed < until) && !cancellationToken.IsCancellationRequested)
            {
                if (Victim(mustHold) is { } victim)
                {
                    strikes.Add(StrikeAsync(kind, victim, PauseOf(kind), cancellationToken));
                    break;
                }

                await Task.WhenAny(clock.DelayAsync(BetweenLooks, cancellationToken));
            }
        }

        await Task.WhenAll(strikes);
    }

    /// <summary>Selects a run that has not been struck; mostly one that has its lock.</summary>
    private HolderProcess? Victim(bool mustHold)
    {
        var candidates = holders.Select(holder => holder.Running).OfType<HolderProcess>().Where(run => !_struck.Contains(run.Id) && (!mustHold || run.HasCommand)).ToList();
        if (candidates.Count == 0)
            return null;
        var victim = candidates[random.Next(candidates.Count)];
        _struck.Add(victim.Id);
        return victim;
    }

    private async Task StrikeAsync(HolderFaultKind kind, HolderProcess victim, TimeSpan pause, CancellationToken cancellationToken)
    {
        var from = Uptime.Now();
        if (kind == HolderFaultKind.Kill)
        {
            victim.Kill();
        }
        else
        {
            victim.Freeze(sparesCommand: isControl);
            await Task.WhenAny(clock.DelayAsync(pause, cancellationToken));
            victim.Thaw();
        }

        var until = isControl && kind != HolderFaultKind.Kill ? from : Uptime.Now();
        ImmutableInterlocked.Update(ref _faults, faults => faults.Add(new HolderFault(kind, victim.Id, from, until)));
    }

    private TimeSpan PauseOf(HolderFaultKind kind) =>
        timeToLive * (kind == HolderFaultKind.LongPause ? 1.1 + random.NextDouble() : 0.2 + (0.7 * random.NextDouble()));
}
