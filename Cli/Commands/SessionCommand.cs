using System.CommandLine;
using System.CommandLine.Parsing;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos session</c></summary>
internal static class SessionCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand(
            "session",
            "List sessions, or end one",
            "A session is a sign of life of its owner; locks and registers belong to it, and go with it.",
            "paxos session list",
            "paxos session end 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b");
        command.Subcommands.Add(CreateList(host));
        command.Subcommands.Add(CreateEnd(host));
        return command;
    }

    private static DocumentedCommand CreateList(CommandHost host)
    {
        var command = new DocumentedCommand(
            "list",
            "Print the sessions that have not ended",
            "In a pipe: id, owner, seconds to live, time of the last renewal, locks and registers, separated by tabs; names are separated by commas.",
            "paxos session list",
            "paxos session list --json | jq -r '.[].owner'");
        host.Handle(command, async (context, cancellationToken) =>
        {
            var locks = (await context.ConnectAsync()).Locks;
            var sessions = await locks.ListAsync(cancellationToken).OrderBy(static session => session.Opened).ToListAsync(cancellationToken);
            await SessionOutput.WriteAsync(context.Console, sessions, context.Json);
            return ExitCode.Ok;
        });
        return command;
    }

    private static DocumentedCommand CreateEnd(CommandHost host)
    {
        var id = new Argument<Guid>("ID")
        {
            Description = "The session's id, as 'paxos session list' prints it",
            CustomParser = ParseId,
        };
        var command = new DocumentedCommand(
            "end",
            "Ask the owner of a session to end it",
            "The owner stops what it does and gives up what it holds. If it does not run any more, the session ends after its time-to-live.",
            "paxos session end 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b")
        {
            id,
        };
        host.Handle(command, async (context, cancellationToken) =>
        {
            var locks = (await context.ConnectAsync()).Locks;
            if (await locks.EndAsync(context.Get(id), cancellationToken))
                return ExitCode.Ok;
            context.Console.Notice($"There is no session {context.Get(id)}: it has ended, or never was.");
            return ExitCode.Refused;
        });
        return command;
    }

    private static Guid ParseId(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Guid.TryParse(text, out var id))
            return id;
        result.AddError($"'{text}' is not the id of a session, such as 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b.");
        return default;
    }
}
