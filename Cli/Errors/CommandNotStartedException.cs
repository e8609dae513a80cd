namespace Orleans.Paxos.Cli.Errors;

/// <summary>A command that was to run could not be started.</summary>
/// <param name="exitCode">The code by the convention of shells: 126 if it cannot be run, 127 if there is none.</param>
/// <param name="message">What is wrong.</param>
internal sealed class CommandNotStartedException(int exitCode, string message) : Exception(message)
{
    /// <summary>The code with which the program ends.</summary>
    public int ExitCode => exitCode;
}
