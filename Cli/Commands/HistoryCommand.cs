using System.CommandLine;
using System.Text.Json;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos history</c></summary>
internal static class HistoryCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var command = new DocumentedCommand(
            "history",
            "Print the newest versions of a register",
            "Oldest first. Into a pipe: version, time, request id and value, parted by tabs. On a terminal of less than 120 columns the request ids are left out.",
            "paxos history flags/dark-mode",
            "paxos history flags/dark-mode --json")
        {
            name,
        };
        host.Handle(command, (context, cancellationToken) => RunAsync(context, context.Get(name), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var registers = await context.RegistersAsync();
        var entries = await registers.HistoryAsync(name, cancellationToken);
        if (context.Json)
        {
            var envelopes = entries.Select(entry => Envelope.From(name, entry)).ToArray();
            await context.Console.Out.WriteLineAsync(JsonSerializer.Serialize(envelopes, WireJson.Relaxed.EnvelopeArray));
        }
        else if (!entries.IsEmpty)
        {
            await EntryTable.WriteAsync(context.Console, entries);
        }

        if (!entries.IsEmpty)
            return ExitCode.Ok;
        context.Console.Notice($"{EntryOutput.Standing(name, entry: null)}.");
        return ExitCode.Refused;
    }
}
