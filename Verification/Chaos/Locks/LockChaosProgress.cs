using System.Globalization;

namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>The progress of a run.</summary>
/// <param name="Elapsed">The time since the run began.</param>
/// <param name="Runs">How many runs of <c>paxos lock</c> have ended.</param>
/// <param name="HolderFaults">How many faults of holders are over.</param>
/// <param name="SiloFaults">How many faults of silos are over.</param>
internal sealed record LockChaosProgress(TimeSpan Elapsed, int Runs, int HolderFaults, int SiloFaults)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,4:0} s   {Runs:N0} runs of paxos lock   {HolderFaults} faults of holders, {SiloFaults} of silos");
}
