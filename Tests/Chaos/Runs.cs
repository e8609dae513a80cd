using Orleans.Paxos.Tests.Linearizability;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Chaos.Calls;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>Sample runs.</summary>
internal static class Runs
{
    public static ChaosOptions Options { get; } = new(Minutes: 1, Seed: 42, Clients: 3, Registers: 1, Changes: false, Output: "");

    /// <summary>A run of one minute with three sets, a read without an answer, a set with an unknown outcome, and one fault of each kind.</summary>
    public static ChaosResult Good { get; } = Make("""
        1 chaos 1-2 set a => 1:a
        1 chaos 3-4 set b => 2:b
        2 chaos 5-6 set c => ?
        3 chaos 7-8 read => unavailable
        1 chaos 9-10 set d => 3:d
        4 chaos 1-12 watch after 0 => 1:a
        """);

    public static ChaosResult Bad { get; } = Make("""
        1 chaos 1-2 set a => 1:a
        2 chaos 3-4 read => 0
        """);

    /// <summary>Places the moments of the transcript one second apart. Each call takes 10 ms.</summary>
    private static ChaosResult Make(string transcript)
    {
        var calls = Transcript.Read(transcript)
            .Select(call => call with { Register = Options.Names[0] })
            .Select(call => new Recorded(call, Second(call.Invoked), Second(call.Invoked) + TimeSpan.FromMilliseconds(10)));
        ImmutableArray<ProcessFault> faults =
        [
            new(ProcessFaultKind.Kill, SiloCluster.Names[0], Second(4), Second(6)),
            new(ProcessFaultKind.Pause, SiloCluster.Names[0], Second(6.5), Second(6.6)),
            new(ProcessFaultKind.Restart, SiloCluster.Names[^1], Second(8), Second(8.5)),
        ];
        return new ChaosResult(Options, [.. calls], faults, TimeSpan.Zero, TimeSpan.FromMinutes(1));

        static TimeSpan Second(double second) => TimeSpan.FromSeconds(second);
    }
}
