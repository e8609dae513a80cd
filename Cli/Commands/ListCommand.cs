using System.CommandLine;
using System.Text.Json;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos list</c></summary>
internal static class ListCommand
{
    public static Command Create(CommandHost host)
    {
        var prefix = new Argument<string>("PREFIX")
        {
            Description = "The prefix of the names; all names without it",
            DefaultValueFactory = _ => "",
        };
        var limit = Inputs.Count("--limit", "The maximum number of names to print; all without it", int.MaxValue, 1, int.MaxValue);
        var after = new Option<string>("--after")
        {
            Description = "Start after this name",
            HelpName = "name",
            DefaultValueFactory = _ => "",
        };
        var command = new DocumentedCommand(
            "list",
            "Print the names of the registers that have a value",
            "Prints one name per line, in byte order.",
            "paxos list",
            "paxos list app/ --limit 20",
            "paxos list app/ | while read -r name; do paxos get \"$name\"; done")
        {
            prefix,
            limit,
            after,
        };
        host.Handle(command, (context, cancellationToken) => RunAsync(
            context, context.Get(prefix), context.Get(after)!, context.Get(limit), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        var writer = context.Console.Out;
        var first = true;
        await foreach (var page in NamePages.ReadAsync(await context.RegistersAsync(), prefix, after, limit, cancellationToken))
        {
            foreach (var name in page)
            {
                var line = context.Json ? (first ? "[" : ",") + JsonSerializer.Serialize(name, WireJson.Relaxed.String) : name;
                await writer.WriteLineAsync(line);
                first = false;
            }

            await context.Console.FlushAsync(cancellationToken);
        }

        if (context.Json)
            await writer.WriteLineAsync(first ? "[]" : "]");
        return ExitCode.Ok;
    }
}
