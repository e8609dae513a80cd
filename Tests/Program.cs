using System.Runtime.InteropServices;
using Orleans.Paxos.Tests.Storage;
using Xunit.MicrosoftTestingPlatform;
using Xunit.v3;

[assembly: Parallelization(MaxThreads = 3)] // many wait for processes, not for a processor

namespace Orleans.Paxos.Tests;

/// <summary>Runs the tests; or, started by one of them with a word of its own, the process that the test is about to kill.</summary>
internal static class Program
{
    private const int SigInterrupt = 2;
    private const nint DefaultDisposition = 0;

    /// <remarks>
    /// nohup, and a script for its background jobs, start a program with SIGINT ignored. Children inherit that, and .NET then goes
    /// on ignoring it: tests that send SIGINT would wait for nothing. So it gets its default disposition back, before .NET looks.
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
