using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos status</c></summary>
internal static class StatusCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand(
            "status",
            "Print the status of each acceptor",
            "In a pipe: name, standing, silo, storage and registers, separated by tabs.",
            "paxos status",
            "paxos status --url http://10.0.0.5:8080");
        host.Handle(command, async (context, cancellationToken) =>
        {
            var connection = await context.ConnectAsync();
            var report = await connection.StatusAsync(cancellationToken);
            await StatusOutput.WriteAsync(context.Console, report, context.Json);
            return ExitCode.Ok;
        });
        return command;
    }
}
