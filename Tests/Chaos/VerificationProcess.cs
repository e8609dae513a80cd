using System.Diagnostics;

namespace Orleans.Paxos.Tests.Chaos;

/// <summary>Runs the verification program in a separate process.</summary>
internal static class VerificationProcess
{
    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="temporary">The folder for its temporary files; null for the default.</param>
    public static Process Start(string arguments, string? temporary = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Orleans.Paxos.Verification.dll");
        var start = new ProcessStartInfo("dotnet", $"{program} {arguments}") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (temporary is not null)
            start.Environment["TMPDIR"] = temporary;
        return Process.Start(start)!;
    }

    /// <summary>Runs the program until it ends.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
