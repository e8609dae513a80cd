using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos delete</c></summary>
internal static class DeleteCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var version = Inputs.VersionOption("--version", "Delete only if this is the newest version", 1);
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "delete",
            "Delete a register's value",
            "Prints the version of the deletion, which is a new version. The earlier versions stay in the history.",
            "paxos delete flags/dark-mode",
            "paxos delete flags/dark-mode --version 7")
        {
            name,
            version,
        };
        resend.AddTo(command);
        host.Handle(command, (context, cancellationToken) => ChangeRun.RunAsync(
            context, context.Get(name), Change.Delete(context.Get(version)), resend.Read(context), cancellationToken));
        return command;
    }
}
