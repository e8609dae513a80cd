using System.CommandLine;

namespace Orleans.Paxos.Cli;

/// <summary><c>paxos status</c></summary>
internal static class StatusCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new DocumentedCommand(
            "status",
            "Print the acceptors and how each is",
            "Into a pipe: name, standing, silo, storage and registers, parted by tabs.",
            "paxos status",
            "paxos status --url http://10.0.0.5:8080");
        host.Handle(command, async (invocation, cancellationToken) =>
        {
            var connection = await invocation.ConnectAsync();
            var report = await connection.StatusAsync(cancellationToken);
            await StatusOutput.WriteAsync(invocation.Console, report, invocation.Json);
            return ExitCode.Ok;
        });
        return command;
    }
}
