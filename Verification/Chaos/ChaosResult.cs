using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Changes;
using Orleans.Paxos.Verification.Chaos.Processes;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>The result of a run.</summary>
/// <param name="Options">The options of the run.</param>
/// <param name="Calls">Every call of every client.</param>
/// <param name="Faults">The faults of the processes.</param>
/// <param name="From">When the clients started, on the run's clock.</param>
/// <param name="Until">When the clients ended.</param>
/// <param name="IsInterrupted">Whether the run was canceled before its time was over.</param>
internal sealed record ChaosResult(
    ChaosOptions Options, ImmutableArray<Recorded> Calls, ImmutableArray<ProcessFault> Faults, TimeSpan From, TimeSpan Until, bool IsInterrupted = false)
{
    /// <summary>The verdict of the linearizability checker.</summary>
    public LinearizabilityVerdict Verdict { get; } = LinearizabilityChecker.Check(Calls.Select(call => call.Operation));

    /// <summary>The registers without an acknowledged write after the last fault, although there was time for one.</summary>
    public ImmutableArray<string> Silent { get; } = IsInterrupted ? [] : [.. Options.Names.Except(WrittenSinceLastFault(Calls, Faults))];

    /// <summary>What was changed in the acceptor set.</summary>
    public ImmutableArray<SetChange> Changes { get; init; } = [];

    /// <summary>What the operator was still waiting for at the end, although there was time for it; empty if nothing.</summary>
    public string Unfinished { get; init; } = "";

    /// <summary>The directory of the silos' data; null when it was deleted.</summary>
    public string? Data { get; init; }

    /// <summary>Whether the registers kept their guarantees, and registers and changes worked again after the last fault.</summary>
    public bool IsGood => Verdict.IsLinearizable && Silent.IsEmpty && Unfinished.Length == 0;

    private static IEnumerable<string> WrittenSinceLastFault(ImmutableArray<Recorded> calls, ImmutableArray<ProcessFault> faults)
    {
        var last = faults.Select(fault => fault.Until).DefaultIfEmpty().Max();
        return calls.Where(call => call.Operation.Answer == Answer.Applied && call.Ended > last).Select(call => call.Operation.Register).Distinct();
    }
}
