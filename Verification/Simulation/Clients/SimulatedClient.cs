using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>A program that uses the client library: it makes one call after another, and may watch a register.</summary>
internal sealed class SimulatedClient
{
    private readonly SimulatedCluster _cluster;
    private readonly Recorder _recorder;
    private readonly RegisterNames _registers;
    private readonly int _number;
    private readonly RecordingClient _client;
    private readonly TimeSpan _longestThought;
    private readonly bool _forgets;
    private readonly FenceSource.Holder _holder;
    private int _values;

    public SimulatedClient(SimulatedCluster cluster, Recorder recorder, RegisterNames registers, FenceSource fences, int number)
    {
        (_cluster, _recorder, _registers, _number) = (cluster, recorder, registers, number);
        Machine = new Machine(NameOf(number), cluster.Schedule, cluster.DrawClockRate());
        _longestThought = TimeSpan.FromMilliseconds(cluster.Dice.Spread(1, 500));
        _forgets = cluster.Options.ForgetAfter < TimeSpan.FromMinutes(1);
        _holder = fences.NewHolder();
        var options = DrawOptions(cluster.Dice);
        var monitor = new GatewayMonitor(
            SimulatedGateways.Draw(cluster, Machine), options, Machine.Clock, NullLogger<GatewayMonitor>.Instance);
        _client = new RecordingClient(cluster, recorder, number, Machine.Clock, newId => new RegisterClient(monitor, options, Machine.Clock, newId));
        Machine.Post(() => _ = monitor.RunAsync(CancellationToken.None));
    }

    public Machine Machine { get; }

    /// <summary>Whether everything that was started has ended.</summary>
    public bool IsIdle { get; private set; } = true;

    public static string NameOf(int number) => $"c{number}";

    /// <summary>Makes random calls.</summary>
    public void Work(int calls) => Begin(async () =>
    {
        for (var call = 0; call < calls; call++)
        {
            var another = _registers.Another;
            await Task.WhenAny(Task.Delay(_cluster.Dice.Between(TimeSpan.Zero, _longestThought), Machine.Clock), another);
            await (another.IsCompleted || _registers.TryAdd() ? WriteFirstAsync(_registers.All[^1]) : CallAsync(_cluster.Dice.Pick(_registers.All)));
        }
    });

    /// <summary>
    /// Reads, writes and reads every register, and lists them all, which must succeed. Without the first read a grain that has missed a whole window would
    /// tell a floor too old to write with (docs/protocol.md, "One request, sent more than once").
    /// </summary>
    public void Finish() => Begin(async () =>
    {
        foreach (var register in _registers.All)
        {
            var before = await _client.ReadAsync(register, OperationKind.Read);
            var written = await WriteLastAsync(register);
            var after = await _client.ReadAsync(register, OperationKind.Read);
            if (before != Answer.Seen || written != Answer.Applied || after != Answer.Seen)
                _recorder.Stuck.Add($"after all faults were healed, {NameOf(_number)} read register {register} ({before}), wrote it ({written}) and read it ({after})");
        }

        if (await _client.ListAsync("", "", 100) != Answer.Seen)
            _recorder.Stuck.Add($"after all faults were healed, {NameOf(_number)} could not list the registers");
    });

    /// <summary>Watches a register from its current version.</summary>
    public Watcher Watch(string register)
    {
        var watcher = _client.Watch(register);
        Machine.Post(() => _ = watcher.RunAsync());
        return watcher;
    }

    /// <summary>Watches all registers below a prefix.</summary>
    public PrefixWatcher WatchPrefix(string prefix)
    {
        var watcher = _client.WatchPrefix(prefix);
        Machine.Post(() => _ = watcher.RunAsync());
        return watcher;
    }

    /// <summary>Draws the options of a client.</summary>
    public static PaxosClientOptions DrawOptions(Dice dice) => new()
    {
        PingInterval = TimeSpan.FromMilliseconds(dice.Spread(300, 3000)),
        HungAfter = TimeSpan.FromMilliseconds(dice.Spread(100, 1000)),
        HedgeAfter = TimeSpan.FromMilliseconds(dice.Spread(50, 1000)),
        RequestTimeout = TimeSpan.FromMilliseconds(dice.Spread(1000, 10_000)),
        FloorCacheEntries = dice.Between(0, 2),
    };

    private void Begin(Func<Task> work)
    {
        IsIdle = false;
        Machine.Post(() => _ = RunAsync(work));
    }

    private async Task RunAsync(Func<Task> work)
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
    }

    /// <summary>Writes, once more if a register of its bucket was forgotten between the floor and the write.</summary>
    private async Task<Answer> WriteLastAsync(string register)
    {
        var written = await _client.ChangeAsync(register, Change.Set(NewText()));
        return _forgets && written == Answer.Unknown ? await _client.ChangeAsync(register, Change.Set(NewText())) : written;
    }

    private Task<Answer> WriteFirstAsync(string register) => _cluster.Dice.Chance(0.5)
        ? ChangeAsync(register, Change.Set(NewValue(register)))
        : ChangeAsync(register, Change.Decide(NewValue(register)));

    private Task<Answer> ChangeAsync(string register, Change change) => _client.ChangeAsync(register, _holder.Fenced(change));

    private Task CallAsync(string register)
    {
        var known = _client.Known(register);
        if (_forgets && _cluster.Dice.Chance(0.2))
            return ChangeAsync(register, Change.Delete());
        if (_registers.IsCounter(register) && _cluster.Dice.Chance(0.5))
            return ChangeAsync(register, Change.Add(_cluster.Dice.Between(-2, 5)));
        return _cluster.Dice.Between(1, 22) switch
        {
            <= 5 => ChangeAsync(register, Change.Set(NewValue(register))),
            <= 8 => ChangeAsync(register, Change.CompareAndSet(NewValue(register), known)),
            9 => ChangeAsync(register, Change.CompareAndSet(NewValue(register), known + _cluster.Dice.Between(0, 2))),
            <= 11 => ChangeAsync(register, Change.Decide(NewValue(register))),
            <= 13 => ChangeAsync(register, Change.Delete(_cluster.Dice.Chance(0.5) ? null : known)),
            <= 17 => _client.ReadAsync(register, OperationKind.Read),
            <= 19 => _client.ReadAsync(register, OperationKind.StaleRead),
            20 => _client.ReadAsync(register, OperationKind.History),
            21 => _client.ReuseAsync(register, NewText()),
            _ => ListAsync(register),
        };
    }

    private Task<Answer> ListAsync(string register)
    {
        var dice = _cluster.Dice;
        var prefix = dice.Chance(0.7) ? "" : register.Split('/')[0];
        var after = dice.Chance(0.7) ? "" : dice.Pick(_registers.All);
        return _client.ListAsync(prefix, after, dice.Between(1, dice.Chance(0.5) ? 3 : 100));
    }

    private byte[] NewValue(string register) => _registers.IsCounter(register) && _cluster.Dice.Chance(0.9)
        ? CounterValue.Format(_cluster.Dice.Between(-1000, 1000))
        : NewText();

    /// <summary>A value that nobody else writes, and that is no number.</summary>
    private byte[] NewText() =>
        Encoding.UTF8.GetBytes($"{NameOf(_number)}.{++_values}".PadRight(_cluster.Dice.Chance(0.2) ? _cluster.Dice.Between(1, 200) : 0, '.'));
}
