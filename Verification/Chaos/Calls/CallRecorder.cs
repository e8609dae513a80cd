using System.Collections.Concurrent;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos.Calls;

/// <summary>Records every call of every client and its answer.</summary>
internal sealed class CallRecorder
{
    private readonly ConcurrentQueue<Recorded> _calls = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _lastWrites = new();
    private readonly int[] _outcomes = new int[Enum.GetValues<CallOutcome>().Length];

    /// <summary>Gets the number of calls with an outcome.</summary>
    public int Count(CallOutcome outcome) => Volatile.Read(ref _outcomes[(int)outcome]);

    /// <summary>The number of recorded calls, including the versions that watches delivered.</summary>
    public int Total => _calls.Count;

    /// <summary>Whether a write of a register was acknowledged after a time.</summary>
    public bool IsWrittenAfter(string register, TimeSpan time) => _lastWrites.GetValueOrDefault(register) > time;

    public void Add(Recorded call)
    {
        _calls.Enqueue(call);
        if (call.Operation.Answer == Answer.Applied)
            _lastWrites[call.Operation.Register] = call.Ended;
        if (call.Operation.Kind != OperationKind.Watch)
            Interlocked.Increment(ref _outcomes[(int)call.Outcome]);
    }

    public ImmutableArray<Recorded> ToArray() => [.. _calls];
}
