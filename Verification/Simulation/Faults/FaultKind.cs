namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>What a run can do to the cluster.</summary>
internal enum FaultKind
{
    MessageLost,
    MessageDuplicated,
    CallDuplicated,
    MessageDelayed,
    OneWayPartition,
    TwoWayPartition,
    Crash,
    ProposerDeath,
    Pause,
    SlowDisk,
    WriteFailedBefore,
    WriteFailedAfter,
    WriteUnanswered,
    ETagConflict,
    SecondAcceptor,
    SecondRegisterGrain,
    ClientRetry,
    RequestIdReused,
    ClockJump,
    LostDisk,
    ForeignSet,
}

/// <summary>How often each fault struck.</summary>
internal sealed class FaultCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<FaultKind>().Length];

    public long this[FaultKind kind] => _counts[(int)kind];

    public void Add(FaultKind kind) => _counts[(int)kind]++;

    public void Add(FaultCounts others)
    {
        for (var kind = 0; kind < _counts.Length; kind++)
            _counts[kind] += others._counts[kind];
    }

    public long Total => _counts.Sum();
}
