using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>A call that reached a gateway.</summary>
internal sealed record Call(double AtMilliseconds, string Gateway, string What, ChangeRequest? Request)
{
    public override string ToString() => $"{AtMilliseconds} {Gateway} {What}";
}

internal sealed class FakeGateway(FakeCluster cluster, string name) : IGateway
{
    /// <summary>While set, calls are accepted but not answered until it completes.</summary>
    public TaskCompletionSource? Hanging { get; private set; }

    /// <summary>While set, calls fail with it.</summary>
    public Exception? Failing { get; set; }

    public string Name => name;

    public IGrainFactory Grains => field ??= GrainFactoryProxy.Create((type, key) =>
        type == typeof(IProposerGrain) ? new FakeProposer(cluster, this)
        : type == typeof(IPrefixWatchGrain) ? new FakePrefixWatch(cluster, this)
        : type == typeof(IAcceptorSetGrain) ? new FakeAcceptorSet(cluster, this)
        : new FakeConfigRegister(cluster, this, key));

    public void Hang() => Hanging = new TaskCompletionSource();

    public void Resume()
    {
        var hanging = Hanging;
        Hanging = null;
        hanging?.SetResult();
    }
}

/// <summary>Gateways and the grains behind them, whose answers a test sets.</summary>
internal sealed class FakeCluster : IGatewaySource
{
    private readonly ClientWorld _world;

    public FakeCluster(ClientWorld world, params string[] gateways)
    {
        _world = world;
        foreach (var gateway in gateways)
            Add(gateway);
    }

    public ImmutableArray<IGateway> Current { get; private set; } = [];

    public List<Call> Calls { get; } = [];

    /// <summary>The calls except pings, as text.</summary>
    public IEnumerable<string> Sent => Calls.Where(call => call.What != "ping").Select(call => call.ToString());

    public FakeGateway this[string gateway] => (FakeGateway)Current.Single(known => known.Name == gateway);

    public Func<ChangeRequest, Task<ChangeOutcome>> Change { get; set; } = _ => throw new NotSupportedException();

    public Func<string, ChangeRequest, Task<ChangeOutcome>> Propose { get; set; } = (_, _) => throw new NotSupportedException();

    public Func<string, ReadConsistency, Task<RegisterEntry?>> Read { get; set; } = (_, _) => throw new NotSupportedException();

    public Func<string, string, Task<RegisterEntry?>> QuorumRead { get; set; } = (_, _) => throw new NotSupportedException();

    public Func<long, TimeSpan, Task<WatchBatch>> Watch { get; set; } = (_, _) => throw new NotSupportedException();

    public Func<string, Task<ImmutableArray<RegisterEntry>>> History { get; set; } = _ => throw new NotSupportedException();

    public Func<string, string, int, Task<NamePage>> List { get; set; } = (_, _, _) => throw new NotSupportedException();

    public Func<string, string, int, Task<EntryPage>> ListEntries { get; set; } = (_, _, _) => throw new NotSupportedException();

    public Func<string, string, Task<PrefixBatch>> WatchPrefix { get; set; } = (_, _) => throw new NotSupportedException();

    public Func<string, Task<ClusterStatus>> Status { get; set; } = _ => throw new NotSupportedException();

    public Func<Task<AcceptorSetStatus>> AcceptorStatus { get; set; } = () => throw new NotSupportedException();

    public Func<Task<AcceptorSet>> ChangeAcceptors { get; set; } = () => throw new NotSupportedException();

    public Func<string, Task> Ping { get; set; } = _ => Task.CompletedTask;

    public void Add(string gateway) => Current = Current.Add(new FakeGateway(this, gateway));

    public void Remove(string gateway) => Current = Current.Remove(this[gateway]);

    public Task CallAsync(FakeGateway gateway, string what, ChangeRequest? request, Func<Task> answer) =>
        CallAsync(gateway, what, request, async () =>
        {
            await answer();
            return true;
        });

    public async Task<T> CallAsync<T>(FakeGateway gateway, string what, ChangeRequest? request, Func<Task<T>> answer)
    {
        Calls.Add(new Call(_world.Now, gateway.Name, what, request));
        if (gateway.Hanging is { } hanging)
            await hanging.Task;
        if (gateway.Failing is { } failure)
            throw failure;
        return await answer();
    }
}
