using System.CommandLine;
using System.Text.Json;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Output;

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
        var values = new Option<bool>("--values") { Description = "Print their versions and values, too" };
        var command = new DocumentedCommand(
            "list",
            "Print the names of the registers that have a value",
            "Prints one name per line, in byte order. With --values: name, version and value, separated by tabs in a pipe; each value is as new as a read of it, but they are not one snapshot.",
            "paxos list",
            "paxos list app/ --values",
            "paxos list app/ --limit 20",
            "paxos list app/ | while read -r name; do paxos get \"$name\"; done")
        {
            prefix,
            limit,
            after,
            values,
        };
        host.Handle(command, async (context, cancellationToken) =>
        {
            var registers = await context.RegistersAsync();
            var (start, from, most) = (context.Get(prefix), context.Get(after)!, context.Get(limit));
            return context.Get(values)
                ? await WriteAsync(context, ListPages.EntriesAsync(registers, start, from, most, cancellationToken), NamedEntryOutput.WriteAsync, Json, cancellationToken)
                : await WriteAsync(context, ListPages.NamesAsync(registers, start, from, most, cancellationToken), WriteNamesAsync, Json, cancellationToken);
        });
        return command;
    }

    private static async Task<int> WriteAsync<T>(
        CommandContext context,
        IAsyncEnumerable<ImmutableArray<T>> pages,
        Func<CliConsole, IReadOnlyList<T>, Task> write,
        Func<T, string> json,
        CancellationToken cancellationToken)
    {
        var writer = context.Console.Out;
        var first = true;
        await foreach (var page in pages)
        {
            if (context.Json)
                await writer.WriteLineAsync((first ? "[" : ",") + string.Join("\n,", page.Select(json)));
            else
                await write(context.Console, page);
            first = false;
            await context.Console.FlushAsync(cancellationToken);
        }

        if (context.Json)
            await writer.WriteLineAsync(first ? "[]" : "]");
        return ExitCode.Ok;
    }

    private static async Task WriteNamesAsync(CliConsole console, IReadOnlyList<string> names)
    {
        foreach (var name in names)
            await console.Out.WriteLineAsync(name);
    }

    private static string Json(string name) => JsonSerializer.Serialize(name, WireJson.Relaxed.String);

    private static string Json(NamedEntry entry) => EntryOutput.Json(entry.Name, entry.Entry);
}
