using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>A client that makes one call after another, through any silo that responds.</summary>
internal sealed class ChaosClient(int number, Random random, SiloCluster cluster, SiloCaller caller, RunClock clock, ImmutableArray<string> registers)
{
    private const int MaxResends = 3;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMilliseconds(150);

    /// <summary>How long this client waits for an answer. Some clients give up while a silo is paused, others later.</summary>
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(0.7 + (4 * random.NextDouble()));

    /// <summary>The version of each register that this client saw last.</summary>
    private readonly Dictionary<string, long> _known = registers.ToDictionary(register => register, _ => 0L);

    /// <summary>How often this client has switched to another silo.</summary>
    private int _moves;
    private int _made;

    /// <summary>Makes calls until it is canceled, and waits for the last one to end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var call = await CallAsync(Wish());
            var rest = call.IsAnswered ? LongestRest * random.NextDouble() : RestAfterFailure;
            await Task.WhenAny(clock.DelayAsync(rest, cancellationToken));
        }
    }

    /// <summary>Makes a call. If the outcome of a change is unknown, it sometimes retries the same request through another silo.</summary>
    private async Task<Operation> CallAsync(Operation wish)
    {
        var knownBefore = _known[wish.Register];
        long? floor = null;
        for (var resends = 0; ; resends++)
        {
            var silos = cluster.Urls;
            var (call, namedFloor) = await caller.SendAsync(silos[(number + _moves) % silos.Length], wish, floor, _patience);
            if (call.IsAnswered)
            {
                _known[wish.Register] = Math.Max(_known[wish.Register], call.ShownVersion);
                return call;
            }

            _moves++;
            var isWorthAnother = call is { IsChange: true, Answer: Answer.Unknown } && random.Next(3) > 0;
            if (!isWorthAnother || resends == MaxResends)
                return call;
            floor ??= namedFloor ?? knownBefore;
        }
    }

    private Operation Wish()
    {
        var register = registers[random.Next(registers.Length)];
        var kind = random.Next(100) switch
        {
            < 25 => OperationKind.Set,
            < 45 => OperationKind.CompareAndSet,
            < 52 => OperationKind.Decide,
            < 60 => OperationKind.Delete,
            < 85 => OperationKind.Read,
            < 97 => OperationKind.StaleRead,
            _ => OperationKind.History,
        };
        var expects = kind == OperationKind.CompareAndSet || (kind == OperationKind.Delete && random.Next(2) == 0);
        var isChange = kind < OperationKind.Read;
        return new Operation
        {
            Client = number,
            Register = register,
            Kind = kind,
            RequestId = isChange ? UniqueId.New() : Guid.Empty,
            Value = isChange && kind != OperationKind.Delete ? $"{number}.{++_made}" : "",
            ExpectedVersion = expects ? _known[register] : null,
            Invoked = 0,
        };
    }
}
