using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Cli.Load.Measuring;

/// <summary>The counts of a run.</summary>
internal sealed class LoadRecord
{
    private readonly LoadPlan _plan;
    private readonly ErrorTally _errors = new();
    private readonly LatencyStripes _latencies;
    private readonly MeasuredTime _measured;
    private readonly ClientRecord[] _clients;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _otherFailures;

    public LoadRecord(LoadPlan plan)
    {
        _plan = plan;
        _latencies = new LatencyStripes(plan.Clients);
        _measured = new MeasuredTime(plan);
        _clients = [.. Enumerable.Range(0, plan.Clients).Select(index => new ClientRecord(_measured, _latencies.Of(index), _errors))];
    }

    /// <summary>A task that completes when the load begins.</summary>
    public Task Begun => _begun.Task;

    public MeasuredTime Measured => _measured;

    public int Clients => _clients.Length;

    /// <summary>The number of operations so far, including the warm-up.</summary>
    public long Operations => _clients.Sum(client => client.Operations);

    /// <summary>The number of failures so far, including the warm-up.</summary>
    public long Failures => _clients.Sum(client => client.Failures) + Interlocked.Read(ref _otherFailures);

    /// <summary>Starts the warm-up.</summary>
    public void Begin()
    {
        _measured.Begin();
        _begun.SetResult();
    }

    /// <summary>Gets the record of a client. Only that client writes it.</summary>
    public ClientRecord Client(int index) => _clients[index];

    /// <summary>Records a failure that is not an operation of a client.</summary>
    public void Failed(Exception exception)
    {
        Interlocked.Increment(ref _otherFailures);
        _errors.Add(exception);
    }

    /// <summary>Records a number of failures of one kind.</summary>
    public void Failed(string kind, string message, long count)
    {
        Interlocked.Add(ref _otherFailures, count);
        _errors.Add(kind, message, count);
    }

    /// <summary>Sums up what was counted. All clients have ended.</summary>
    public Measurement ToMeasurement(string scenario, int valueBytes, string target) => new()
    {
        Scenario = scenario,
        Target = target,
        Clients = _plan.Clients,
        ValueBytes = valueBytes,
        Operations = _clients.Sum(client => client.MeasuredOperations),
        ElapsedSeconds = _measured.Elapsed(_measured.Now()).TotalSeconds,
        Latencies = _latencies.Summarise(),
        Errors = _errors.ToArray(),
    };
}
