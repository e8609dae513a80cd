using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos get</c></summary>
internal static class GetCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var raw = new Option<bool>("--raw") { Description = "Write the bytes unchanged, even to a terminal" };
        var stale = new Option<bool>("--stale") { Description = "Take the silo's own copy, which may be older than the newest version" };
        var command = new DocumentedCommand(
            "get",
            "Print a register's value",
            "A pipe receives exactly the bytes of the value. A terminal receives the value and a new line, or a description of a value that it cannot show.",
            "paxos get flags/dark-mode",
            "paxos get certificates/root > root.der",
            "paxos get flags/dark-mode --json")
        {
            name,
            raw,
            stale,
        };
        host.Handle(command, (context, cancellationToken) =>
            RunAsync(context, context.Get(name), context.Get(raw), context.Get(stale), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string name, bool raw, bool stale, CancellationToken cancellationToken)
    {
        var registers = await context.RegistersAsync();
        var entry = await registers.ReadAsync(name, stale ? ReadConsistency.Stale : ReadConsistency.Linearizable, cancellationToken);
        if (entry is null or { Deleted: true })
        {
            await context.WriteRefusedAsync(name, entry, $"{EntryOutput.Standing(name, entry)}.");
            return ExitCode.Refused;
        }

        if (context.Json)
            await context.Console.Out.WriteLineAsync(EntryOutput.Json(name, entry));
        else
            await EntryOutput.WriteValueAsync(context.Console, entry, raw, cancellationToken);
        return ExitCode.Ok;
    }
}
