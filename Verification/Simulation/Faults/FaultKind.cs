namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>The kinds of faults that a run can cause.</summary>
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
    ClientPause,
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
    PowerLoss,
    LostLog,
    ForeignSet,
}

/// <summary>The number of times that each fault occurred.</summary>
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
