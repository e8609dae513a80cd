using System.Diagnostics;
using System.Runtime.InteropServices;
using Orleans.Paxos.Tests.Silo;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>A run that is interrupted leaves only its report behind.</summary>
[Collection(nameof(ProcessTests))]
public sealed class InterruptTests : IDisposable
{
    private const int SigInterrupt = 2;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("interrupted-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Ctrl_C_ends_the_silos_and_what_was_recorded_is_judged()
    {
        var temporary = _directory.CreateSubdirectory("temporary");
        using var chaos = VerificationProcess.Start($"chaos --minutes 5 --seed 1 --clients 4 --registers 1 --out {_directory}/report", temporary.FullName);
        Assert.Contains("acknowledged", await chaos.StandardError.ReadLineAsync());
        var silos = Children(chaos);
        Assert.NotEmpty(silos);

        Assert.Equal(0, SendSignal(chaos.Id, SigInterrupt));
        var (output, errors) = (chaos.StandardOutput.ReadToEndAsync(), chaos.StandardError.ReadToEndAsync());
        await chaos.WaitForExitAsync();
        Assert.Equal((0, ""), (chaos.ExitCode, await errors));
        Assert.StartsWith("Chaos: linearizable until it was interrupted", await output);
        Assert.All(silos, silo => Assert.False(Directory.Exists($"/proc/{silo}"), $"Silo process {silo} still runs."));
        Assert.Empty(temporary.GetDirectories("chaos-*"));
        Assert.Equal(["history.jsonl", "report.txt", "timeline.svg"], Directory.GetFiles($"{_directory}/report").Select(Path.GetFileName).Order());
    }

    /// <summary>Gets the child processes of a process on Linux.</summary>
    private static int[] Children(Process process)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which processes a process has started is read from /proc.");
        return [.. Directory.GetDirectories($"/proc/{process.Id}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(int.Parse)];
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
