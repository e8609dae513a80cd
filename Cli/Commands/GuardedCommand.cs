using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Runs a command while a lock is held, and ends it before anyone else can get the lock.</summary>
/// <param name="command">The command and its arguments.</param>
internal sealed class GuardedCommand(IReadOnlyList<string> command)
{
    /// <summary>The share of the time-to-live that is left when a command that does not end by itself is killed.</summary>
    private const int KillShare = 10;

    private readonly string _program = Executable.Find(command[0]);

    /// <summary>Runs the command.</summary>
    /// <param name="context">The run.</param>
    /// <param name="session">The session that holds the lock.</param>
    /// <param name="name">The lock.</param>
    /// <param name="token">The fencing token.</param>
    /// <param name="interrupted">Whether the program was interrupted before.</param>
    /// <returns>The command's exit code, or the one for a lost lock.</returns>
    public async Task<int> RunAsync(CommandContext context, ILockSession session, string name, long token, CancellationToken interrupted)
    {
        using var signals = new SignalForwarding();
        interrupted.ThrowIfCancellationRequested();
        if (session.Remaining <= TimeSpan.Zero) // asks the clock: after a pause the alarm may come later than this line
            throw new SessionLostException(session.Id);
        using var child = ChildProcess.Start(_program, command.Skip(1), Environment(name, token), context.Console.Traits.InputIsTerminal);
        signals.To(child);
        await using var killing = session.Lost.Register(child.Kill);
        var exit = child.ExitAsync();
        if (await EndsBeforeAsync(exit, session.Endangered))
            return session.Lost.IsCancellationRequested ? Lost(context, name) : await exit;

        context.Console.Notice($"The lock '{name}' cannot be kept: its session is not renewed, or its end was asked for. '{command[0]}' is told to end.");
        child.Signal(ChildProcess.TerminateSignal);
        while (session.Remaining - (session.TimeToLive / KillShare) is { Ticks: > 0 } left && !exit.IsCompleted)
            await Task.WhenAny(exit, Task.Delay(left, TimeProvider.System, CancellationToken.None));
        child.Kill(); // and what it has left behind in its group
        await exit;
        return Lost(context, name);
    }

    private static Dictionary<string, string> Environment(string name, long token) => new()
    {
        ["PAXOS_LOCK"] = name,
        ["PAXOS_FENCING_TOKEN"] = $"{token}",
        ["PAXOS_FENCE"] = new Fence(name, token).ToHeader(),
    };

    private int Lost(CommandContext context, string name)
    {
        context.Console.Notice($"The lock '{name}' was lost while '{command[0]}' ran, and it was ended. What it had begun may be half done; another may hold the lock now.");
        return ExitCode.LockLost;
    }

    private static async Task<bool> EndsBeforeAsync(Task exit, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        await Task.WhenAny(exit, cancelled.Task);
        return exit.IsCompleted;
    }
}
