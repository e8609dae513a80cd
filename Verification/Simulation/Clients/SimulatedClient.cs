using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orleans.Paxos.Verification;

/// <summary>A program that uses the client library: one call after the other, and perhaps a watch.</summary>
internal sealed class SimulatedClient
{
    private readonly SimulatedCluster _cluster;
    private readonly Recorder _recorder;
    private readonly IReadOnlyList<string> _registers;
    private readonly int _number;
    private readonly RegisterClient _client;
    private readonly Machine _machine;
    private readonly Dictionary<string, long> _known = [];
    private readonly TimeSpan _longestThought;
    private Guid _lastRequest;
    private int _values;

    public SimulatedClient(SimulatedCluster cluster, Recorder recorder, IReadOnlyList<string> registers, int number)
    {
        (_cluster, _recorder, _registers, _number) = (cluster, recorder, registers, number);
        _machine = new Machine(NameOf(number), cluster.Schedule);
        _longestThought = TimeSpan.FromMilliseconds(cluster.Dice.Spread(1, 500));
        var options = new PaxosClientOptions
        {
            PingInterval = TimeSpan.FromMilliseconds(cluster.Dice.Spread(300, 3000)),
            HungAfter = TimeSpan.FromMilliseconds(cluster.Dice.Spread(100, 1000)),
            HedgeAfter = TimeSpan.FromMilliseconds(cluster.Dice.Spread(50, 1000)),
            RequestTimeout = TimeSpan.FromMilliseconds(cluster.Dice.Spread(1000, 10_000)),
            FloorCacheEntries = cluster.Dice.Between(0, 2),
        };
        var monitor = new GatewayMonitor(new Gateways(cluster, _machine), options, _machine.Clock, NullLogger<GatewayMonitor>.Instance);
        _client = new RegisterClient(monitor, options, _machine.Clock, () => _lastRequest = cluster.Dice.NewId());
        _machine.Post(() => _ = monitor.RunAsync(CancellationToken.None));
    }

    /// <summary>Whether all that was begun has ended.</summary>
    public bool IsIdle { get; private set; } = true;

    public static string NameOf(int number) => $"c{number}";

    /// <summary>Calls at random.</summary>
    public void Work(int calls) => Begin(async () =>
    {
        for (var call = 0; call < calls; call++)
        {
            await Task.Delay(_cluster.Dice.Between(TimeSpan.Zero, _longestThought), _machine.Clock);
            await CallAsync(_cluster.Dice.Pick(_registers));
        }
    });

    /// <summary>Writes and reads every register, which must succeed.</summary>
    public void Finish() => Begin(async () =>
    {
        foreach (var register in _registers)
        {
            var written = await ChangeAsync(register, OperationKind.Set, Change.Set(NewValue()));
            var read = await ReadAsync(register, OperationKind.Read);
            if (written != Answer.Applied || read != Answer.Seen)
                _recorder.Stuck.Add($"after all faults were healed, {NameOf(_number)} wrote register {register} ({written}) and read it ({read})");
        }
    });

    /// <summary>Follows a register from here on.</summary>
    public Watcher Watch(string register)
    {
        var watcher = new Watcher(_client, _recorder, register, _number);
        _machine.Post(() => _ = watcher.RunAsync());
        return watcher;
    }

    private void Begin(Func<Task> work)
    {
        IsIdle = false;
        _machine.Post(async () =>
        {
            try
            {
                await work();
            }
            catch (Exception exception)
            {
                _recorder.Unexpected.Add($"{NameOf(_number)} met {exception.GetType().Name}: {exception.Message}");
            }

            IsIdle = true;
        });
    }

    private Task<Answer> CallAsync(string register)
    {
        var known = _known.GetValueOrDefault(register);
        return _cluster.Dice.Between(1, 20) switch
        {
            <= 5 => ChangeAsync(register, OperationKind.Set, Change.Set(NewValue())),
            <= 8 => ChangeAsync(register, OperationKind.CompareAndSet, Change.CompareAndSet(NewValue(), known)),
            9 => ChangeAsync(register, OperationKind.CompareAndSet, Change.CompareAndSet(NewValue(), known + _cluster.Dice.Between(0, 2))),
            <= 11 => ChangeAsync(register, OperationKind.Decide, Change.Decide(NewValue())),
            <= 13 => ChangeAsync(register, OperationKind.Delete, Change.Delete(_cluster.Dice.Chance(0.5) ? null : known)),
            <= 17 => ReadAsync(register, OperationKind.Read),
            <= 19 => ReadAsync(register, OperationKind.StaleRead),
            _ => ReadAsync(register, OperationKind.History),
        };
    }

    private byte[] NewValue() =>
        Encoding.UTF8.GetBytes($"{NameOf(_number)}.{++_values}".PadRight(_cluster.Dice.Chance(0.2) ? _cluster.Dice.Between(1, 200) : 0, '.'));

    private async Task<Answer> ChangeAsync(string register, OperationKind kind, Change change)
    {
        ChangeOptions? retry = null;
        while (true)
        {
            var invoked = _recorder.Now();
            var call = _client.ChangeAsync(register, change, retry);
            var operation = new Operation
            {
                Client = _number,
                Register = register,
                Kind = kind,
                RequestId = retry?.RequestId ?? _lastRequest,
                Value = Encoding.UTF8.GetString(change.Value),
                ExpectedVersion = change.ExpectedVersion,
                Invoked = invoked,
            };
            _cluster.Trace.Line(NameOf(_number), $"{kind} {register} expecting {change.ExpectedVersion}, request {operation.RequestId:N}{(retry is null ? "" : " again")}");
            (operation, var floor) = await ToldAsync(operation, call);
            _recorder.Add(operation);
            _cluster.Trace.Line(NameOf(_number), $"{kind} {register}: {operation.Answer} {string.Join(' ', operation.Entries)}");
            if (floor is null || !_cluster.Dice.Chance(0.5))
                return operation.Answer;
            retry = new ChangeOptions(operation.RequestId, floor);
            _cluster.Counts.Add(FaultKind.ClientRetry);
        }
    }

    /// <summary>What a change came to, and if that is unknown, the floor to send it again with.</summary>
    private async Task<(Operation Told, long? Floor)> ToldAsync(Operation operation, Task<ChangeOutcome> call)
    {
        try
        {
            var outcome = await call;
            _known[operation.Register] = outcome.Version;
            var told = operation with
            {
                Returned = _recorder.Now(),
                Answer = outcome.Status switch
                {
                    ChangeStatus.Applied => Answer.Applied,
                    ChangeStatus.VersionMismatch => Answer.VersionMismatch,
                    ChangeStatus.AlreadyDecided => Answer.AlreadyDecided,
                    ChangeStatus.NotFound => Answer.NotFound,
                    _ => throw new InvalidOperationException($"A client was told {outcome.Status}."),
                },
                Entries = _recorder.Shown(outcome.Entry),
            };
            return (told, null);
        }
        catch (OutcomeUnknownException unknown)
        {
            return (operation with { Returned = _recorder.Now() }, unknown.Floor);
        }
        catch (QuorumUnavailableException)
        {
            // That nothing happened holds where a call is delivered once at most, as Orleans has it.
            var answer = _cluster.Plan.IsPossible(FaultKind.CallDuplicated) ? Answer.Unknown : Answer.Unavailable;
            return (operation with { Returned = _recorder.Now(), Answer = answer }, null);
        }
    }

    private async Task<Answer> ReadAsync(string register, OperationKind kind)
    {
        var operation = new Operation { Client = _number, Register = register, Kind = kind, Invoked = _recorder.Now() };
        try
        {
            var entries = kind switch
            {
                OperationKind.Read => _recorder.Shown(await _client.ReadAsync(register)),
                OperationKind.StaleRead => _recorder.Shown(await _client.ReadAsync(register, ReadConsistency.Stale)),
                _ => _recorder.Shown(await _client.HistoryAsync(register)),
            };
            _recorder.Add(operation with { Returned = _recorder.Now(), Answer = Answer.Seen, Entries = entries });
            _cluster.Trace.Line(NameOf(_number), $"{kind} {register}: {string.Join(' ', entries)}");
            if (kind == OperationKind.Read)
                _known[register] = entries.IsEmpty ? 0 : entries[^1].Version;
            return Answer.Seen;
        }
        catch (QuorumUnavailableException)
        {
            return Answer.Unavailable;
        }
    }

    /// <summary>The gateways of the cluster: all silos.</summary>
    private sealed class Gateways(SimulatedCluster cluster, Machine client) : IGatewaySource
    {
        public ImmutableArray<IGateway> Current { get; } =
            [.. cluster.Silos.Select(silo => new SimulatedGateway(cluster, client, silo.Name))];
    }

    private sealed class SimulatedGateway(SimulatedCluster cluster, Machine client, string silo) : IGateway
    {
        public string Name => silo;

        public IGrainFactory Grains { get; } = GrainFactoryProxy.Create((grain, key) => grain == typeof(IProposerGrain)
            ? new ProposerReference(cluster, client, silo)
            : new RegisterReference(cluster, client, silo, key));
    }
}
