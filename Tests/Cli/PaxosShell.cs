using System.Diagnostics;
using System.Text;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Runs the program as a process, from a script of a POSIX shell.</summary>
internal static class PaxosShell
{
    /// <summary>Runs a script, in which <c>paxos</c> is the program.</summary>
    /// <param name="script">The script.</param>
    /// <param name="url">What is in PAXOS_URL.</param>
    /// <param name="meanwhile">What happens while it runs; it gets the script's standard input.</param>
    public static async Task<ShellResult> RunAsync(string script, string url, Func<StreamWriter, Task>? meanwhile = null)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("These scripts are for a POSIX shell.");
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-c", $"paxos() {{ \"$PAXOS\" \"$@\"; }}\n{script}", Path.Combine(Path.GetTempPath(), $"paxos-{UniqueId.New()}") },
            Environment = { ["PAXOS"] = Path.Combine(AppContext.BaseDirectory, "paxos"), ["PAXOS_URL"] = url },
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            process.StandardInput.AutoFlush = true;
            await (meanwhile?.Invoke(process.StandardInput) ?? Task.CompletedTask);
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
