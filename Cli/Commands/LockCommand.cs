using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos lock</c></summary>
internal static class LockCommand
{
    private const string Details = """
        Waits for the lock, runs the command with it, and releases it when the command has ended. At most one of all that use the
        lock runs at a time, on whichever machine. Signals go to the command. The exit code is that of the command, 128 and the
        signal's number if a signal ended it, 126 if it cannot be run and 127 if there is none; 1 if the time to wait is over; 75 if
        the lock was lost. Without --wait it also waits while no silo answers; with it, that ends with 3 when the time is over.

        If the session is not renewed until a third of --ttl is left, or if its end was asked for, the command gets SIGTERM, and
        SIGKILL before another can get the lock. Away from a terminal the signals reach all that it has started. Nobody ends the command
        if this program is killed (SIGKILL): it then goes on, and another gets the lock after --ttl.

        The command finds the lock in PAXOS_LOCK, its fencing token in PAXOS_FENCING_TOKEN, and both as the HTTP header Paxos-Fence has them in PAXOS_FENCE.
        A machine that stands still may notice too late that it has lost the lock: writes that must not happen then take a fence.
        """;

    public static Command Create(CommandHost host)
    {
        var name = LockName.Create("The lock's name, such as jobs/nightly");
        var program = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, after '--'", Arity = ArgumentArity.OneOrMore };
        var options = new LockOptions();
        var command = new DocumentedCommand(
            "lock",
            "Run a command while holding a lock",
            Details,
            "paxos lock jobs/nightly -- ./nightly.sh",
            "paxos lock jobs/nightly --wait 0 -- ./nightly.sh    # or not at all, if it runs elsewhere",
            "paxos lock deploy --ttl 5 -- sh -c 'echo \"$PAXOS_FENCING_TOKEN\"'")
        {
            name,
            program,
        };
        options.AddTo(command);
        host.Handle(command, async (context, cancellationToken) =>
        {
            var guarded = new GuardedCommand(context.Get(program));
            var wait = options.Wait(context);
            await using var session = await options.OpenAsync(context, wait, cancellationToken);
            if (await session.LockAsync(context.Get(name), wait.Left, cancellationToken) is { } token)
                return await guarded.RunAsync(context, session, context.Get(name), token, cancellationToken);
            context.Console.Notice($"Others hold the lock '{context.Get(name)}', or wait for it, and the time to wait is over. Nothing was run.");
            return ExitCode.Refused;
        });
        return command;
    }
}
