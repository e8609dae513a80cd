using System.Runtime.InteropServices;
using Orleans.Paxos.Tests.Storage;
using Xunit.MicrosoftTestingPlatform;
using Xunit.v3;

[assembly: Parallelization(MaxThreads = 4)] // many wait for processes, not for a processor
[assembly: TestCollectionOrderer(typeof(Orleans.Paxos.Tests.ChainsFirst))]

namespace Orleans.Paxos.Tests;

/// <summary>Runs the tests or, when a test starts it with a special argument, runs as the process that the test will kill.</summary>
internal static class Program
{
    private const int SigInterrupt = 2;
    private const nint DefaultDisposition = 0;

    /// <remarks>
    /// nohup, and scripts for their background jobs, start a program with SIGINT ignored. Child processes inherit this, and .NET
    /// keeps ignoring the signal, so tests that send SIGINT would wait forever. This restores the default before .NET checks.
    /// </remarks>
    public static async Task<int> Main(string[] args)
    {
        if (!OperatingSystem.IsWindows())
            SetSignal(SigInterrupt, DefaultDisposition);
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

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetSignal(int signal, nint disposition);
}
