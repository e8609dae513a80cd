using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>Runs silo processes, holders and a nemesis for each, from the first start to the verdict.</summary>
internal sealed class LockChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan CalmAtTheEnd = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly LockChaosOptions _options;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chaos-locks-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly RunClock _clock;
    private readonly SiloCluster _cluster;
    private readonly LockDiaries _diaries;
    private readonly ImmutableDictionary<string, GuardedRegister> _registers;
    private readonly ImmutableArray<LockHolder> _holders;
    private readonly ProcessNemesis _siloNemesis;
    private readonly HolderNemesis _holderNemesis;

    private LockChaosRun(LockChaosOptions options, TimeProvider time)
    {
        var seeds = new Random(options.Seed);
        _options = options;
        _clock = new RunClock(time);
        _cluster = new SiloCluster(_data.FullName);
        _diaries = new LockDiaries(_data.FullName);
        _registers = options.Names.ToImmutableDictionary(name => name, name => new GuardedRegister(name, _cluster, _http, _clock));
        _siloNemesis = new ProcessNemesis(_cluster, new Random(seeds.Next()), _clock, mostAtOnce: 1);
        _holders =
        [
            .. Enumerable.Range(1, options.Holders)
                .Select(number => new LockHolder(number, new Random(seeds.Next()), options, _cluster, _diaries, _registers, _clock)),
        ];
        _holderNemesis = new HolderNemesis(_holders, new Random(seeds.Next()), options.TimeToLive, options.IsControl, _clock);
    }

    /// <summary>Runs until the time is over or the run is canceled, and gathers what is to be judged.</summary>
    /// <param name="options">The options of the run.</param>
    /// <param name="time">The clock of all delays.</param>
    /// <param name="report">Called with the progress from time to time.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static async Task<LockChaosResult> ExecuteAsync(LockChaosOptions options, TimeProvider time, Action<LockChaosProgress> report, CancellationToken cancellationToken)
    {
        if (!Uptime.IsKnown)
            throw new InvalidOperationException("This run takes Linux: holders are stopped as a whole, and tell the time, by way of /proc.");
        await using var run = new LockChaosRun(options, time);
        await run._cluster.StartAllAsync();
        var calmFrom = await run.CauseChaosAsync(report, cancellationToken);
        ImmutableArray<LockHistory> histories = [.. await Task.WhenAll(options.Names.Select(run.HistoryAsync))];
        return new LockChaosResult(
            options, histories, run._holderNemesis.Faults, run._siloNemesis.Faults, [.. run._holders.SelectMany(holder => holder.Exits)], calmFrom, cancellationToken.IsCancellationRequested);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _http.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task<LockHistory> HistoryAsync(string name) =>
        new(name, _diaries.Read(name), _registers[name].Writes, [.. (await _registers[name].HistoryAsync(CancellationToken.None)).Order()]);

    /// <returns>When the last fault was over.</returns>
    private async Task<TimeSpan> CauseChaosAsync(Action<LockChaosProgress> report, CancellationToken cancellationToken)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var from = _clock.Elapsed;
        var until = from + _options.Length - CalmAtTheEnd;
        var holders = Task.WhenAll(_holders.Select(holder => holder.RunAsync(stopped.Token)));
        var faults = FaultsAsync(until, stopped.Token);
        try
        {
            while (!IsOver(from, faults) && !cancellationToken.IsCancellationRequested && !faults.IsFaulted && !holders.IsCompleted)
            {
                report(new LockChaosProgress(_clock.Elapsed - from, _holders.Sum(holder => holder.Exits.Length), _holderNemesis.Faults.Length, _siloNemesis.Faults.Length));
                await Task.WhenAny(_clock.DelayAsync(Tick, cancellationToken));
            }
        }
        finally
        {
            await stopped.CancelAsync();
            await Task.WhenAll(holders, faults);
        }

        return await faults;
    }

    private async Task<TimeSpan> FaultsAsync(TimeSpan until, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_holderNemesis.RunAsync(until, cancellationToken), _siloNemesis.RunAsync(until, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run was interrupted.
        }

        return Uptime.Now();
    }

    /// <summary>Whether to end: the time is over, and every lock was acquired since the last fault or this takes too long.</summary>
    private bool IsOver(TimeSpan from, Task<TimeSpan> faults)
    {
        var length = _clock.Elapsed - from;
        return length >= _options.Length + RecoveryPatience
            || (length >= _options.Length && faults.IsCompletedSuccessfully && _options.Names.All(name => IsAcquiredSince(name, faults.Result)));
    }

    private bool IsAcquiredSince(string name, TimeSpan moment) => _diaries.Read(name).Any(line => line.Mark == DiaryMark.Begin && line.At >= moment);
}
