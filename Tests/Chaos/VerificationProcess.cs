using System.Diagnostics;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>The verification program in a process of its own.</summary>
internal static class VerificationProcess
{
    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="temporary">Where it is to put temporary files; null for the usual place.</param>
    public static Process Start(string arguments, string? temporary = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Orleans.Paxos.Verification.dll");
        var start = new ProcessStartInfo("dotnet", $"{program} {arguments}") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (temporary is not null)
            start.Environment["TMPDIR"] = temporary;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
