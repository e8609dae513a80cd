using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Changes;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>Runs silo processes, clients and a nemesis, from the first start to the verdict.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    /// <summary>The maximum number of recorded calls. The run ends early when it is reached.</summary>
    private const int MostCalls = 5_000_000;

    private static readonly TimeSpan CalmAtTheEnd = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    private readonly ChaosOptions _options;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chaos-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CallRecorder _recorder = new();
    private readonly RunClock _clock;
    private readonly SiloCluster _cluster;
    private readonly ProcessNemesis _nemesis;
    private readonly SiloCaller _caller;
    private OperatorClient? _operatorClient;
    private SetOperator? _operator;

    /// <summary>Whether the operator, if there is one, has seen the end of the last change.</summary>
    private bool _isFinished = true;

    /// <summary>Whether to keep the silos' data.</summary>
    private bool _isEvidence;

    private ChaosRun(ChaosOptions options, TimeProvider time)
    {
        _options = options;
        _clock = new RunClock(time);
        _cluster = new SiloCluster(_data.FullName, options.Spares);
        _nemesis = new ProcessNemesis(_cluster, new Random(options.Seed), _clock, mostAtOnce: 2);
        _caller = new SiloCaller(_http, _clock, _recorder);
    }

    /// <summary>Runs until the time is over or the run is canceled, and then checks the recorded calls.</summary>
    /// <param name="options">The options of the run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="report">Called with the progress from time to time.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    public static async Task<ChaosResult> ExecuteAsync(ChaosOptions options, TimeProvider time, Action<ChaosProgress> report, CancellationToken cancellationToken)
    {
        await using var run = new ChaosRun(options, time);
        await run._cluster.StartAllAsync();
        if (options.Changes)
            await run.HireOperatorAsync();
        var (from, until) = await run.CauseChaosAsync(report, cancellationToken);
        await run._cluster.DisposeAsync();
        var isInterrupted = cancellationToken.IsCancellationRequested;
        var result = new ChaosResult(options, run._recorder.ToArray(), run.Faults, from, until, isInterrupted)
        {
            Changes = run._operator?.Changes ?? [],
            Unfinished = run._isFinished || isInterrupted ? "" : run._operator!.WaitsFor,
        };
        run._isEvidence = !result.IsGood;
        return result with { Data = run._isEvidence ? run._data.FullName : null };
    }

    private ImmutableArray<ProcessFault> Faults => [.. _nemesis.Faults, .. _operator?.Wipes ?? []];

    public async ValueTask DisposeAsync()
    {
        if (_operatorClient is not null)
            await _operatorClient.DisposeAsync();
        await _cluster.DisposeAsync();
        _http.Dispose();
        if (!_isEvidence)
            _data.Delete(recursive: true);
    }

    private async Task<(TimeSpan From, TimeSpan Until)> CauseChaosAsync(Action<ChaosProgress> report, CancellationToken cancellationToken)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var from = _clock.Elapsed;
        var clients = StartClients(stopped.Token);
        var calmFrom = from + _options.Length - CalmAtTheEnd;
        var faults = _nemesis.RunAsync(calmFrom, stopped.Token);
        var changes = _operator?.RunAsync(calmFrom, stopped.Token) ?? Task.CompletedTask;
        try
        {
            while (!IsOver(from, Task.WhenAll(faults, changes)) && !cancellationToken.IsCancellationRequested)
            {
                report(new ChaosProgress(_clock.Elapsed - from, _recorder, Faults, _operator?.Changes.Length ?? 0));
                await Task.WhenAny(_clock.DelayAsync(Tick, cancellationToken));
                if (faults.IsFaulted || changes.IsFaulted || clients.Any(client => client.IsFaulted))
                    break;
            }
        }
        finally
        {
            _isFinished = changes.IsCompleted;
            await stopped.CancelAsync();
            await Task.WhenAny(faults);
            await Task.WhenAny(changes);
            await Task.WhenAll(clients.Append(faults).Append(changes).Where(task => !task.IsCanceled));
        }

        return (from, _clock.Elapsed);
    }

    private async Task HireOperatorAsync()
    {
        _operatorClient = await OperatorClient.ConnectAsync(_cluster.MembershipFile);
        _operator = new SetOperator(_cluster, _operatorClient.Acceptors, new Random(_options.Seed + 1), _clock);
    }

    private List<Task> StartClients(CancellationToken cancellationToken)
    {
        var seeds = new Random(_options.Seed);
        var clients = Enumerable.Range(0, _options.Clients)
            .Select(number => new ChaosClient(number, new Random(seeds.Next()), _cluster, _caller, _clock, _options.Names).RunAsync(cancellationToken));
        var watchers = _options.Names
            .Select((register, index) => new ChaosWatcher(_options.Clients + index, register, _cluster, _http, _clock, _recorder).RunAsync(cancellationToken));
        return [.. clients.Concat(watchers)];
    }

    /// <summary>Whether to end: the time is over, and every register was written since the last fault or this takes too long.</summary>
    private bool IsOver(TimeSpan from, Task faults)
    {
        var length = _clock.Elapsed - from;
        return _recorder.Total >= MostCalls
            || length >= _options.Length + RecoveryPatience
            || (length >= _options.Length && faults.IsCompleted && IsRecovered());
    }

    private bool IsRecovered()
    {
        var last = Faults.Select(fault => fault.Until).DefaultIfEmpty().Max();
        return _options.Names.All(register => _recorder.IsWrittenAfter(register, last));
    }
}
