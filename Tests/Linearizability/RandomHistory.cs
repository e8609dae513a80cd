using System.Globalization;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>
/// Creates valid histories of one register: calls begin, take effect at an instant and return in random order. Some never
/// return, some are retried, and some answers are lost.
/// </summary>
/// <param name="random">The random numbers.</param>
/// <param name="clients">How many calls are under way at once.</param>
/// <param name="isRich">Whether changes have fences and add numbers, too.</param>
internal sealed class RandomHistory(Random random, int clients, bool isRich = false)
{
    private const int MostEntriesShown = 16;

    private readonly List<Observed> _register = [];
    private readonly HashSet<Guid> _refused = [];
    private readonly List<Operation> _done = [];
    private readonly List<Operation> _open = [];

    /// <summary>Changes whose callers gave up and that are still in progress.</summary>
    private readonly List<Operation> _abandoned = [];

    /// <summary>One answer out of this number is lost: few in some histories, most in others.</summary>
    private readonly int _lossRate = random.Next(3) == 0 ? 2 : 8;
    private long _time;
    private int _started;

    /// <summary>Makes between 2 and 7 calls.</summary>
    public static List<Operation> Small(Random random, bool isRich = false) => new RandomHistory(random, clients: 7, isRich).Run(random.Next(2, 8));

    public List<Operation> Run(int calls)
    {
        while (_started < calls || _open.Exists(IsToReturn))
        {
            if (_started < calls && _open.Count < clients && (_open.Count == 0 || random.Next(3) == 0))
                Start();
            else if (_open.Count > 0)
                Advance(random.Next(_open.Count));
            if (_abandoned.Count > 0 && random.Next(4) == 0)
                Judge(_abandoned[random.Next(_abandoned.Count)]);
        }

        return [.. _done, .. _open.Select(call => call with { Returned = null, Answer = Answer.Unknown, Entries = [] })];
    }

    /// <summary>Whether a call returns. Calls that were answered do; some of the others never do.</summary>
    private bool IsToReturn(Operation call) => call.Answer != Answer.Unknown || random.Next(2) == 0;

    private void Start()
    {
        _started++;
        var call = _done.Count > 0 && _done[random.Next(_done.Count)] is { IsChange: true, Answer: Answer.Unknown or Answer.Unavailable } lost && !_refused.Contains(lost.RequestId)
            ? lost with { Returned = null, Answer = Answer.Unknown }
            : New(random.Next(3) == 0 ? (OperationKind)random.Next(2) : AnyKind());
        _open.Add(call with { Client = _started, Invoked = ++_time });
    }

    private OperationKind AnyKind()
    {
        var kind = isRich && random.Next(3) == 0 ? OperationKind.Add : (OperationKind)random.Next(8);
        return isRich || kind < OperationKind.Add ? kind : kind + 1;
    }

    private Operation New(OperationKind kind)
    {
        var request = $"v{_started}";
        var expects = kind == OperationKind.CompareAndSet || (kind == OperationKind.Delete && random.Next(2) == 0);
        return new Operation
        {
            Client = 0,
            Register = "r",
            Kind = kind,
            Invoked = 0,
            RequestId = kind < OperationKind.Read ? Transcript.Id(request) : Guid.Empty,
            Value = ValueOf(kind, request),
            Fence = isRich && kind < OperationKind.Read && random.Next(2) == 0 ? new Fence(random.Next(6) == 0 ? "m" : "l", random.Next(1, 4)) : null,
            ExpectedVersion = expects ? Math.Max(0, _register.Count - random.Next(2)) : null,
        };
    }

    private string ValueOf(OperationKind kind, string request) => kind switch
    {
        OperationKind.Add => $"{random.Next(-2, 4)}",
        < OperationKind.Delete => isRich && random.Next(2) == 0 ? $"{random.Next(100)}" : request,
        _ => "",
    };

    private void Advance(int index)
    {
        var call = _open[index];
        var isDue = call.Answer != Answer.Unknown;
        if (isDue || random.Next(8) == 0)
            Return(index);
        else
            _open[index] = call.IsChange ? Judge(call) : Look(call);
    }

    private void Return(int index)
    {
        var call = _open[index];
        _open.RemoveAt(index);
        var isLost = call.Answer == Answer.Unknown || random.Next(_lossRate) == 0;
        var isAbandoned = isLost && random.Next(2) == 0;
        var ended = call with { Returned = isAbandoned ? null : ++_time };
        if (!isLost && ended.IsRefusal)
            _refused.Add(call.RequestId);
        _done.Add(isLost ? ended with { Answer = Answer.Unknown, Entries = [], CompactedThrough = 0 } : ended);
        if (isAbandoned && call.IsChange)
            _abandoned.Add(call);
        else if (call is { IsChange: true, Answer: Answer.Unknown } && random.Next(2) == 0)
            Judge(call); // its effect comes with its end
    }

    private Operation Judge(Operation call)
    {
        if (random.Next(20) == 0)
            return call with { Answer = Answer.Unavailable };
        var deleted = call.Kind == OperationKind.Delete;
        var answer = _register.Exists(entry => entry.RequestId == call.RequestId) ? Answer.Applied : Outcome(call);
        if (answer != Answer.Applied)
            return call with { Answer = answer, Entries = [.. _register.TakeLast(1)] };
        if (!_register.Exists(entry => entry.RequestId == call.RequestId))
            _register.Add(new Observed(_register.Count + 1, call.RequestId, deleted, Written(call)) { Guard = call.Fence ?? (deleted ? null : Guard) });
        return call with { Answer = answer, Entries = [_register.Find(entry => entry.RequestId == call.RequestId)] };
    }

    private Fence? Guard => _register.Count == 0 ? null : _register[^1].Guard;

    private string Written(Operation call) => call.Kind == OperationKind.Add
        ? $"{(_register is [.., { Deleted: false } before] ? before.ReadNumber() : 0) + int.Parse(call.Value, CultureInfo.InvariantCulture)}"
        : call.Value;

    private Answer Outcome(Operation call)
    {
        var exists = _register.Count > 0 && !_register[^1].Deleted;
        return call switch
        {
            { Fence: { } fence } when Guard is { } guard && (guard.Lock != fence.Lock || guard.Token > fence.Token) => Answer.Fenced,
            { ExpectedVersion: { } expected } when expected != _register.Count => Answer.VersionMismatch,
            { Kind: OperationKind.Decide } when exists => Answer.AlreadyDecided,
            { Kind: OperationKind.Delete } when !exists => Answer.NotFound,
            { Kind: OperationKind.Add } when exists && _register[^1].ReadNumber() is null => Answer.NotACounter,
            _ => Answer.Applied,
        };
    }

    private Operation Look(Operation call)
    {
        var some = random.Next(_register.Count + 1);
        var compacted = call.Kind == OperationKind.Watch && random.Next(2) == 0 ? some : 0;
        IEnumerable<Observed> entries = call.Kind switch
        {
            OperationKind.Read => _register.TakeLast(1),
            OperationKind.StaleRead => _register.Take(some).TakeLast(1),
            OperationKind.History => _register.TakeLast(random.Next(1, MostEntriesShown)),
            _ => _register.Skip(compacted).Take(random.Next(MostEntriesShown)),
        };
        return call with { Answer = Answer.Seen, Entries = [.. entries], CompactedThrough = compacted };
    }
}
