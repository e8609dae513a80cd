using System.CommandLine;
using System.Text.Json;

namespace Orleans.Paxos.Cli;

/// <summary><c>paxos history</c></summary>
internal static class HistoryCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var command = new DocumentedCommand(
            "history",
            "Print the newest versions of a register",
            "Oldest first. Into a pipe: version, time, request id and value, parted by tabs.",
            "paxos history flags/dark-mode",
            "paxos history flags/dark-mode --json")
        {
            name,
        };
        host.Handle(command, (invocation, cancellationToken) => RunAsync(invocation, invocation.Get(name), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string name, CancellationToken cancellationToken)
    {
        var registers = await invocation.RegistersAsync();
        var entries = await registers.HistoryAsync(name, cancellationToken);
        if (invocation.Json)
        {
            var envelopes = entries.Select(entry => Envelope.From(name, entry)).ToArray();
            await invocation.Console.Out.WriteLineAsync(JsonSerializer.Serialize(envelopes, WireJson.Relaxed.EnvelopeArray));
        }
        else if (!entries.IsEmpty)
        {
            await EntryTable.WriteAsync(invocation.Console, entries);
        }

        if (!entries.IsEmpty)
            return ExitCode.Ok;
        invocation.Console.Notice($"'{name}' was never written.");
        return ExitCode.Refused;
    }
}
