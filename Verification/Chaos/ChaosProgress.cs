using System.Globalization;
using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>How a run goes.</summary>
/// <param name="Elapsed">How long it has been going.</param>
/// <param name="Recorder">What was recorded.</param>
/// <param name="Faults">What was done to the processes.</param>
internal sealed record ChaosProgress(TimeSpan Elapsed, CallRecorder Recorder, ImmutableArray<ProcessFault> Faults)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds,4:0} s   {Recorder.Count(CallOutcome.Acknowledged):N0} acknowledged, {Recorder.Count(CallOutcome.Unknown):N0} unknown, {Recorder.Count(CallOutcome.Failed):N0} failed   {Faults.Length} faults");
}
