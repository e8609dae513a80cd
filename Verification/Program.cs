using System.CommandLine;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Exploration;
using Orleans.Paxos.Verification.Simulation;

namespace Orleans.Paxos.Verification;

/// <summary>The tools that put the protocol to the test.</summary>
internal static class Program
{
    private const int BadArguments = 2;

    public static async Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Puts Orleans.Paxos to the test.") { SimulateCommand.Create(), ChaosCommand.Create(), ExploreCommand.Create() };
        var parse = root.Parse(arguments);
        if (parse.Errors.Count == 0)
            return await parse.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
        foreach (var message in parse.Errors.Select(error => error.Message).Distinct())
            await Console.Error.WriteLineAsync($"error: {message} --help lists the options.");
        return BadArguments;
    }
}
