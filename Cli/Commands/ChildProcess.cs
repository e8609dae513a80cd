using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>
/// A command that runs with the standard streams of this program. Away from a terminal it has a process group of its own, so that signals reach all that it
/// has started; at a terminal it shares this program's group, because only that may read from the terminal.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>The signal that asks a process to end.</summary>
    public const int TerminateSignal = 15;

    private const int CannotRun = 126;
    private const int KillSignal = 9;

    private readonly Process _process;

    private ChildProcess(Process process, bool hasOwnGroup) => (_process, HasOwnGroup) = (process, hasOwnGroup);

    /// <summary>Whether it has a process group of its own, which a terminal sends no signals to.</summary>
    public bool HasOwnGroup { get; }

    /// <summary>Starts a command.</summary>
    /// <param name="program">The path of its program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What is added to the environment.</param>
    /// <param name="isAtTerminal">Whether standard input is a terminal.</param>
    /// <exception cref="CommandNotStartedException">The system does not start it.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, bool isAtTerminal)
    {
        var leader = isAtTerminal || OperatingSystem.IsWindows() ? null : Executable.TryFind("setsid");
        var start = new ProcessStartInfo(leader ?? program, leader is null ? arguments : arguments.Prepend(program)) { UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return new ChildProcess(Process.Start(start)!, leader is not null);
        }
        catch (Win32Exception exception)
        {
            throw new CommandNotStartedException(CannotRun, $"'{program}' cannot be run: {exception.Message}.");
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code; 128 and the signal's number if a signal ended it.</returns>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal. Windows has none but the end.</summary>
    public void Signal(int signal)
    {
        if (!OperatingSystem.IsWindows())
            Send(signal);
        else if (signal == TerminateSignal)
            Kill();
    }

    /// <summary>Ends it, and with it what it has started. Never fails, and is done when it returns.</summary>
    public void Kill()
    {
        try
        {
            if (HasOwnGroup)
                Send(KillSignal);
            else
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended, or what it has started has.
        }
    }

    public void Dispose() => _process.Dispose();

    /// <summary>A process that has just been started may not have its group yet.</summary>
    private void Send(int signal)
    {
        var isSent = HasOwnGroup && SendSignal(-_process.Id, signal) == 0;
        if (!isSent && !_process.HasExited)
            _ = SendSignal(_process.Id, signal);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
