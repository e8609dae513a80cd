using Orleans.Paxos.Tests.Storage;
using Xunit.MicrosoftTestingPlatform;
using Xunit.v3;

[assembly: Parallelization(MaxThreads = 3)] // many wait for processes, not for a processor

namespace Orleans.Paxos.Tests;

/// <summary>Runs the tests; or, started by one of them with a word of its own, the process that the test is about to kill.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [StorageChild.Command, var task, var directory])
            return await StorageChild.RunAsync(task, directory);
        var summary = new RunSummary();
        var code = await TestPlatformTestFramework.RunAsync(args, (builder, arguments) =>
        {
            builder.AddSelfRegisteredExtensions(arguments);
            builder.TestHost.AddDataConsumer(_ => summary);
        });
        await Console.Out.WriteLineAsync(summary.ToString());
        return code;
    }
}
