using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>Runs <c>paxos lock</c> again and again, and writes under the fence of each lock that it had, in time or too late.</summary>
/// <param name="number">Its number.</param>
/// <param name="random">Selects the locks, the times that they are held for, and the silos.</param>
/// <param name="options">The options of the run.</param>
/// <param name="cluster">The silos.</param>
/// <param name="diaries">Where its commands write.</param>
/// <param name="registers">The register under the fence of each lock.</param>
/// <param name="clock">The clock.</param>
internal sealed class LockHolder(
    int number, Random random, LockChaosOptions options, SiloCluster cluster, LockDiaries diaries, ImmutableDictionary<string, GuardedRegister> registers, RunClock clock)
{
    private const int TicksInSecond = 20;

    private volatile HolderProcess? _running;
    private ImmutableArray<HolderExit> _exits = [];

    /// <summary>Its run of <c>paxos lock</c>; null between two of them.</summary>
    public HolderProcess? Running => _running;

    /// <summary>How its runs have ended, but for those that the end of the chaos has ended.</summary>
    public ImmutableArray<HolderExit> Exits => _exits;

    /// <summary>Takes locks until it is canceled, and kills the last run.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string[] names = [.. registers.Keys.Order(StringComparer.Ordinal)];
        for (var turn = 1; !cancellationToken.IsCancellationRequested; turn++)
        {
            var (id, name) = ($"{number}.{turn}", names[random.Next(names.Length)]);
            var process = HolderProcess.Start(id, name, options.TimeToLive, Ticks(), diaries.FileOf(name), cluster.Urls);
            _running = process;
            await using var killing = cancellationToken.Register(process.Kill);
            var (code, errors) = await process.ExitAsync();
            _running = null;
            if (cancellationToken.IsCancellationRequested)
                return;
            _exits = _exits.Add(new HolderExit(id, code, errors));
            if (diaries.TokenOf(name, id) is { } token)
                await WriteAsync(registers[name], token, cancellationToken);
        }
    }

    /// <summary>
    /// A lock is held for 0.2 to 1.5 s, and one in five for up to twice its time-to-live, which takes renewals; in a control for so long that the next holder
    /// begins before a command that is not ended.
    /// </summary>
    private int Ticks()
    {
        var ofTimeToLive = random.Next(5) == 0 ? 1 + random.NextDouble() : (0.2 + (1.3 * random.NextDouble())) / options.TimeToLive.TotalSeconds;
        return (int)((options.IsControl ? 4 : ofTimeToLive) * options.TimeToLive.TotalSeconds * TicksInSecond);
    }

    /// <summary>Writes at once, or when others have had time to take the lock and to write.</summary>
    private async Task WriteAsync(GuardedRegister register, long token, CancellationToken cancellationToken)
    {
        if (random.Next(2) == 0)
            await Task.WhenAny(clock.DelayAsync(2 * options.TimeToLive * random.NextDouble(), cancellationToken));
        await register.WriteAsync(token, random.Next(SiloCluster.Names.Length));
    }
}
