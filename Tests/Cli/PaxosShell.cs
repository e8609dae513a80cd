using System.Diagnostics;
using System.Text;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Runs the program as a process, from a script of a POSIX shell.</summary>
internal static class PaxosShell
{
    /// <summary>The program beside its own libraries: beside those of the tests it finds no Orleans client.</summary>
    private static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "paxos"));

    /// <summary>Runs a script, in which <c>paxos</c> is the program.</summary>
    /// <param name="script">The script.</param>
    /// <param name="url">What is in PAXOS_URL.</param>
    /// <param name="meanwhile">What happens while it runs.</param>
    public static async Task<ShellResult> RunAsync(string script, string url, Func<Task>? meanwhile = null)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("These scripts are for a POSIX shell.");
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", $"paxos() {{ \"$PAXOS\" \"$@\"; }}\n{script}", Path.Combine(Path.GetTempPath(), $"paxos-{UniqueId.New()}") },
            Environment = { ["PAXOS"] = Program, ["PAXOS_URL"] = url },
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new ShellResult(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>The result of a script.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
