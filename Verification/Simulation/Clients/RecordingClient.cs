using System.Text;
using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Verification.Linearizability;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.Faults;

namespace Orleans.Paxos.Verification.Simulation.Clients;

/// <summary>Makes the calls of one client and records each call and its answer.</summary>
internal sealed class RecordingClient
{
    /// <summary>A client's watcher of a prefix counts as a client of its own.</summary>
    private const int PrefixWatchersFrom = 100;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SimulatedCluster _cluster;
    private readonly Recorder _recorder;
    private readonly RegisterClient _client;
    private readonly int _number;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, long> _known = [];
    private readonly Dictionary<string, Operation> _applied = [];
    private Guid _lastRequest;

    public RecordingClient(SimulatedCluster cluster, Recorder recorder, int number, TimeProvider clock, Func<Func<Guid>, RegisterClient> newClient)
    {
        (_cluster, _recorder, _number, _clock) = (cluster, recorder, number, clock);
        _client = newClient(() => _lastRequest = cluster.Dice.NewId());
    }

    /// <summary>Gets the last version of a register that the client has seen.</summary>
    public long Known(string register) => _known.GetValueOrDefault(register);

    /// <summary>Changes a register. After an unknown outcome it may retry the change with the same request id.</summary>
    public async Task<Answer> ChangeAsync(string register, Change change)
    {
        var kind = KindOf(change);
        ChangeOptions? retry = null;
        while (true)
        {
            var invoked = _recorder.Now();
            var call = _client.ChangeAsync(register, change, retry);
            var asked = new Operation
            {
                Client = _number,
                Register = register,
                Kind = kind,
                RequestId = retry?.RequestId ?? _lastRequest,
                Value = Encoding.UTF8.GetString(change.Value),
                ExpectedVersion = change.ExpectedVersion,
                Fence = change.Fence,
                Invoked = invoked,
            };
            Trace($"{kind} {register} expecting {change.ExpectedVersion}{(change.Fence is null ? "" : $", behind {change.Fence}")}, request {asked.RequestId:N}{(retry is null ? "" : " again")}");
            var (told, floor) = await ToldAsync(asked, call);
            _recorder.Add(told);
            Trace($"{kind} {register}: {told.Answer} {string.Join(' ', told.Entries)}");
            if (floor is null || !_cluster.Dice.Chance(0.5))
                return told.Answer;
            if (_cluster.Dice.Chance(0.2))
                await Task.Delay(_cluster.Dice.Between(TimeSpan.Zero, LongestPause), _clock); // others write meanwhile
            retry = new ChangeOptions(told.RequestId, floor);
            _cluster.Counts.Add(FaultKind.ClientRetry);
        }
    }

    /// <summary>
    /// Sends another change under the id of the last that was applied. It must not be written, whatever the answer, and the entry that
    /// the answer shows must be one that was.
    /// </summary>
    /// <param name="register">The register.</param>
    /// <param name="value">A value that nobody else writes.</param>
    public async Task ReuseAsync(string register, byte[] value)
    {
        if (!_applied.TryGetValue(register, out var applied))
            return;
        var requestId = applied.RequestId;
        var change = applied.Kind != OperationKind.Delete && _cluster.Dice.Chance(0.2) ? Change.Delete() : Change.Set(value);
        var operation = new Operation { Client = _number, Register = register, Kind = OperationKind.StaleRead, Invoked = _recorder.Now() };
        Trace($"another change of {register} under the id {requestId:N}");
        _cluster.Counts.Add(FaultKind.RequestIdReused);
        try
        {
            var outcome = await _client.ChangeAsync(register, change, new ChangeOptions(requestId, Floor: 0));
            Trace($"another change of {register} under the id {requestId:N}: {outcome.Status}, version {outcome.WrittenVersion}");
            _recorder.Add(operation with { Returned = _recorder.Now(), Answer = Answer.Seen, Entries = _recorder.Shown(outcome.Entry) });
            if (outcome.Status != ChangeStatus.RequestIdReused)
                _recorder.Unexpected.Add($"another change of {register} under the id {requestId:N} was answered with {outcome.Status}");
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or QuorumUnavailableException)
        {
            Trace($"another change of {register} under the id {requestId:N}: {exception.GetType().Name}");
        }
    }

    /// <summary>Reads a register, linearizably or not, or its history.</summary>
    public async Task<Answer> ReadAsync(string register, OperationKind kind)
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
            Trace($"{kind} {register}: {string.Join(' ', entries)}");
            if (kind == OperationKind.Read)
                _known[register] = entries.IsEmpty ? 0 : entries[^1].Version;
            return Answer.Seen;
        }
        catch (QuorumUnavailableException)
        {
            return Answer.Unavailable;
        }
    }

    /// <summary>Lists names, page by page, to the end.</summary>
    public async Task<Answer> ListAsync(string prefix, string after, int limit)
    {
        try
        {
            for (var more = true; more;)
            {
                var invoked = _recorder.Now();
                var page = await _client.ListPageAsync(prefix, after, limit);
                _recorder.Add(new Listing(_number, prefix, after, limit, invoked, _recorder.Now(), page.Names, page.More));
                Trace($"list '{prefix}' after '{after}': {string.Join(' ', page.Names)}{(page.More ? " and more" : "")}");
                more = page.More && !page.Names.IsEmpty;
                after = more ? page.Names[^1] : after;
            }

            return Answer.Seen;
        }
        catch (QuorumUnavailableException)
        {
            return Answer.Unavailable;
        }
    }

    public Watcher Watch(string register) => new(_client, _recorder, _cluster.Monitor, register, _number);

    /// <summary>Watches all registers below a prefix.</summary>
    public PrefixWatcher WatchPrefix(string prefix) =>
        new(_client, _recorder, _cluster.Monitor, _cluster.Dice.Fork(), prefix, PrefixWatchersFrom + _number);

    /// <summary>Gets the result of a change and, if the outcome is unknown, the floor for retrying it.</summary>
    private async Task<(Operation Told, long? Floor)> ToldAsync(Operation asked, Task<ChangeOutcome> call)
    {
        try
        {
            var outcome = await call;
            _known[asked.Register] = outcome.Version;
            if (outcome.Status == ChangeStatus.Applied)
                _applied[asked.Register] = asked;
            return (asked with { Returned = _recorder.Now(), Answer = AnswerOf(outcome.Status), Entries = _recorder.Told(asked, outcome) }, null);
        }
        catch (OutcomeUnknownException unknown)
        {
            return (asked with { Returned = _recorder.Now() }, unknown.Floor);
        }
        catch (QuorumUnavailableException)
        {
            // "Nothing happened" is only true if a call is delivered at most once, as in Orleans.
            var answer = _cluster.Plan.IsPossible(FaultKind.CallDuplicated) ? Answer.Unknown : Answer.Unavailable;
            return (asked with { Returned = _recorder.Now(), Answer = answer }, null);
        }
    }

    /// <summary>The kind of call that makes a change.</summary>
    public static OperationKind KindOf(Change change) => change.Kind switch
    {
        ChangeKind.Set when change.ExpectedVersion is null => OperationKind.Set,
        ChangeKind.CompareAndSet => OperationKind.CompareAndSet,
        ChangeKind.Decide => OperationKind.Decide,
        ChangeKind.Delete => OperationKind.Delete,
        ChangeKind.Add => OperationKind.Add,
        _ => throw new InvalidOperationException($"No client makes such a change: {change}."),
    };

    /// <summary>The answer that a status of a change is.</summary>
    public static Answer AnswerOf(ChangeStatus status) => status switch
    {
        ChangeStatus.Applied => Answer.Applied,
        ChangeStatus.VersionMismatch => Answer.VersionMismatch,
        ChangeStatus.AlreadyDecided => Answer.AlreadyDecided,
        ChangeStatus.NotFound => Answer.NotFound,
        ChangeStatus.Fenced => Answer.Fenced,
        ChangeStatus.NotACounter => Answer.NotACounter,
        _ => throw new InvalidOperationException($"A client was told {status}."),
    };

    private void Trace(string what) => _cluster.Trace.Line(SimulatedClient.NameOf(_number), what);
}
