using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Chaos.Locks;
using Orleans.Paxos.Verification.Exploration;
using Orleans.Paxos.Verification.Simulation;

namespace Orleans.Paxos.Verification;

/// <summary>The tools that verify the protocol.</summary>
internal static class Program
{
    private const string Details = """
        Start with simulate: it finds most mistakes in the least time. explore proves the rules in a world small enough to
        visit every state, and chaos and chaos-locks test real processes. docs/testing.md says what each of them shows.

        Exit codes: 0 nothing is wrong; 1 something is wrong, or a control was not caught; 2 wrong options; 3 the run did
        not get to a verdict.
        """;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(2);

    public static Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Tests the protocol of Orleans.Paxos in simulations, in a small world, and in real processes.")
        {
            SimulateCommand.Create(), ExploreCommand.Create(), ChaosCommand.Create(), LockChaosCommand.Create(),
        };
        HelpWithExamples.AddTo(root, Details, $"{Tool.CommandPrefix} simulate --minutes 10", $"{Tool.CommandPrefix} chaos --help");
        return ToolCommandLine.RunAsync(root, arguments, new InvocationConfiguration { ProcessTerminationTimeout = TimeToStop });
    }
}
