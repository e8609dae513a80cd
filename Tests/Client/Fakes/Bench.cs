using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>A register client over a fake cluster.</summary>
internal sealed class Bench
{
    public const string Register = "flag";

    public static readonly Change Write = Orleans.Paxos.Change.Set([1]);

    private readonly CancellationTokenSource _stopping = new();
    private Task _monitoring = Task.CompletedTask;

    public Bench(ClientWorld world, string[]? gateways = null, Action<PaxosClientOptions>? configure = null)
    {
        ClientWorld = world;
        configure?.Invoke(Options);
        Cluster = new FakeCluster(world, gateways ?? ["a", "b", "c"]);
        Monitor = new GatewayMonitor(Cluster, Options, world.Time, NullLogger<GatewayMonitor>.Instance);
        Client = new RegisterClient(Monitor, Options, world.Time, UniqueId.New);
        Order = [.. Monitor.Live(Register).Select(gateway => gateway.Gateway.Name)];
    }

    public ClientWorld ClientWorld { get; }

    public PaxosClientOptions Options { get; } = new();

    public FakeCluster Cluster { get; }

    public GatewayMonitor Monitor { get; }

    public RegisterClient Client { get; }

    /// <summary>The gateways in the order of preference for <see cref="Register"/>.</summary>
    public string[] Order { get; }

    /// <summary>Only the live ones of <see cref="Order"/>, as the monitor sees it.</summary>
    public IEnumerable<string> Live => Monitor.Live(Register).Select(gateway => gateway.Gateway.Name);

    public void StartPinging() => _monitoring = Monitor.RunAsync(_stopping.Token);

    public async Task StopPingingAsync()
    {
        _stopping.Cancel();
        await _monitoring;
    }

    /// <summary>Sends a change with a floor, so that the client sends no other request.</summary>
    public Task<ChangeOutcome> ChangeAsync(ChangeOptions? options = null) =>
        Client.ChangeAsync(Register, Write, options ?? new ChangeOptions(Floor: 0));

    /// <summary>Sends a change without a floor, which the client then determines, as for most callers.</summary>
    public Task<ChangeOutcome> NewChangeAsync() => Client.ChangeAsync(Register, Write);

    /// <summary>The calls to grains except pings, for example <c>300 b propose</c>. Gateways are named by their rank: first, second, third.</summary>
    public string[] Sent() =>
        [.. Cluster.Calls.Where(call => call.What != "ping").Select(call => $"{call.AtMilliseconds} {Rank(call.Gateway)} {call.What}")];

    /// <summary>The changes that were sent.</summary>
    public ChangeRequest[] Requests() => [.. Cluster.Calls.Where(call => call.Request is not null).Select(call => call.Request!)];

    private string Rank(string gateway) => Array.IndexOf(Order, gateway) switch { 0 => "first", 1 => "second", 2 => "third", _ => gateway };
}
