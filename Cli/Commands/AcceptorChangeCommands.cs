using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos acceptors add</c>, <c>remove</c> and <c>replace</c></summary>
internal static class AcceptorChangeCommands
{
    public static Command CreateAdd(CommandHost host)
    {
        var add = Names("The acceptors that come: the names of silos that run on blank storage");
        var remove = MoreNames("--remove", "An acceptor that leaves in the same change");
        var command = new DocumentedCommand(
            "add", "Add acceptors, and perhaps remove others in the same change", "", "paxos acceptors add silo-4 silo-5", "paxos acceptors add silo-4 --remove silo-1")
        {
            add,
            remove,
        };
        return Handled(host, command, context => (context.Get(add), context.Get(remove) ?? []));
    }

    public static Command CreateRemove(CommandHost host)
    {
        var remove = Names("The acceptors that leave");
        var add = MoreNames("--add", "An acceptor that comes in the same change");
        var command = new DocumentedCommand(
            "remove", "Remove acceptors, and perhaps add others in the same change", "", "paxos acceptors remove silo-4 silo-5", "paxos acceptors remove silo-1 --add silo-4")
        {
            remove,
            add,
        };
        return Handled(host, command, context => (context.Get(add) ?? [], context.Get(remove)));
    }

    public static Command CreateReplace(CommandHost host)
    {
        var name = new Argument<string>("NAME") { Description = "The acceptor whose storage is lost" };
        var by = new Option<string?>("--by") { Description = "The acceptor that takes its place [default: the same one, on blank storage]", HelpName = "NAME" };
        var command = new DocumentedCommand(
            "replace",
            "Replace an acceptor that has lost its storage",
            "Wipe what is left of the storage and start the silo, or start another silo for --by; then run this command.",
            "paxos acceptors replace silo-2",
            "paxos acceptors replace silo-2 --by silo-4")
        {
            name,
            by,
        };
        return Handled(host, command, context => ([context.Get(by) ?? context.Get(name)], [context.Get(name)]));
    }

    private static Command Handled(CommandHost host, Command command, Func<CommandContext, (string[] Add, string[] Remove)> names)
    {
        var perSecond = NumberOption.CreateOptional(
            "--per-second", "How many registers to carry over in a second at most [default: as many as take half of the time]", 1, AcceptorChange.MostPerSecond);
        var noWait = new Option<bool>("--no-wait") { Description = "Do not wait until the change is over" };
        command.Options.Add(perSecond);
        command.Options.Add(noWait);
        host.Handle(command, async (context, cancellationToken) =>
        {
            var (add, remove) = names(context);
            var connection = await context.ConnectAsync();
            await connection.Acceptors.ChangeAsync(new AcceptorChange([.. add], [.. remove], context.Get(perSecond) ?? 0), cancellationToken);
            var report = context.Get(noWait)
                ? await connection.Acceptors.StatusAsync(cancellationToken)
                : await new AcceptorChangeWait(connection, context.Console, TimeProvider.System).UntilOverAsync(cancellationToken);
            await AcceptorSetOutput.WriteStatusAsync(context.Console, report, context.Json);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Argument<string[]> Names(string description) => new("NAME") { Description = description, Arity = ArgumentArity.OneOrMore };

    private static Option<string[]> MoreNames(string name, string description) =>
        new(name) { Description = description, HelpName = "NAME", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
}
