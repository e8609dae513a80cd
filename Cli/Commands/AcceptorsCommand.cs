using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos acceptors</c></summary>
internal static class AcceptorsCommand
{
    private const string Details = """
        An acceptor has the name of the silo that runs it. One that comes must run, on blank storage, with the same settings as all others: they name the
        first set and stay as they are. One that has left keeps its storage until the change is over; then it can be wiped.

        A change goes on by itself, whatever becomes of this command: 'status' shows it, and 'cancel' takes it back until the acceptors after the change
        decide alone. Reads and writes go on meanwhile.
        """;

    public static Command Create(CommandHost host) => new DocumentedCommand(
        "acceptors",
        "Show and change the acceptor set while the cluster works",
        Details,
        "paxos acceptors list",
        "paxos acceptors add silo-4",
        "paxos acceptors replace silo-2",
        "paxos acceptors status")
    {
        CreateList(host),
        AcceptorChangeCommands.CreateAdd(host),
        AcceptorChangeCommands.CreateRemove(host),
        AcceptorChangeCommands.CreateReplace(host),
        CreateStatus(host),
        CreateCancel(host),
    };

    private static Command CreateList(CommandHost host)
    {
        var command = new DocumentedCommand(
            "list",
            "Print the acceptors of the set",
            "In a pipe: name, standing, epoch, storage and registers, separated by tabs.",
            "paxos acceptors list");
        host.Handle(command, async (context, cancellationToken) =>
        {
            var connection = await context.ConnectAsync();
            await AcceptorSetOutput.WriteAcceptorsAsync(context.Console, await connection.Acceptors.StatusAsync(cancellationToken), context.Json);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateStatus(CommandHost host)
    {
        var follow = new Option<bool>("--follow") { Description = "Wait until the change is over" };
        var command = new DocumentedCommand(
            "status",
            "Print how far a change of the set is",
            "The steps: joining (the acceptors take over the joint set), sweeping (every register is carried over), finishing (those after the change take over the set), none.",
            "paxos acceptors status",
            "paxos acceptors status --follow")
        {
            follow,
        };
        host.Handle(command, async (context, cancellationToken) =>
        {
            var connection = await context.ConnectAsync();
            var report = context.Get(follow)
                ? await new AcceptorChangeWait(connection, context.Console, TimeProvider.System).UntilOverAsync(cancellationToken)
                : await connection.Acceptors.StatusAsync(cancellationToken);
            await AcceptorSetOutput.WriteStatusAsync(context.Console, report, context.Json);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateCancel(CommandHost host)
    {
        var command = new DocumentedCommand(
            "cancel",
            "Take back the change that is under way",
            "The acceptors before the change decide alone again. Those that were to come must be wiped before they can be added again.",
            "paxos acceptors cancel");
        host.Handle(command, async (context, cancellationToken) =>
        {
            var connection = await context.ConnectAsync();
            await connection.Acceptors.CancelAsync(cancellationToken);
            var report = await new AcceptorChangeWait(connection, context.Console, TimeProvider.System).UntilOverAsync(cancellationToken);
            await AcceptorSetOutput.WriteStatusAsync(context.Console, report, context.Json);
            return ExitCode.Ok;
        });
        return command;
    }
}
