using System.Globalization;
using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Verification.Chaos;

/// <summary>The progress of a run.</summary>
/// <param name="Elapsed">The time since the run began.</param>
/// <param name="Recorder">The recorded calls.</param>
/// <param name="Faults">The faults of the processes so far.</param>
/// <param name="Changes">The changes of the acceptor set so far.</param>
internal sealed record ChaosProgress(TimeSpan Elapsed, CallRecorder Recorder, ImmutableArray<ProcessFault> Faults, int Changes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds,4:0} s   {Recorder.Count(CallOutcome.Acknowledged):N0} acknowledged, {Recorder.Count(CallOutcome.Unknown):N0} unknown, {Recorder.Count(CallOutcome.Failed):N0} failed   {Faults.Length} faults{(Changes == 0 ? "" : $", {Changes} changes")}");
}
