using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos watch</c></summary>
internal static class WatchCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var after = Inputs.VersionOption("--after", "Start after this version; with the oldest version in the history without it", 0);
        var command = new DocumentedCommand(
            "watch",
            "Print every version of a register as it is chosen",
            "Once each and in order, until Ctrl-C: version, time, request id and value, parted by tabs. A lost connection is made again,\n"
            + "with several addresses at the next silo, and the watch goes on where it was.",
            "paxos watch flags/dark-mode",
            "paxos watch flags/dark-mode --after 7 --json | jq .value")
        {
            name,
            after,
        };
        host.Handle(command, (context, cancellationToken) =>
            RunAsync(context, context.Get(name), context.Get(after) ?? 0, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string name, long after, CancellationToken cancellationToken)
    {
        var console = context.Console;
        try
        {
            var registers = await context.RegistersAsync();
            await foreach (var batch in registers.WatchAsync(name, after, cancellationToken))
            {
                if (Sentence(batch.Notice) is { } sentence)
                    console.Notice(sentence);
                if (batch.CompactedThrough > 0)
                    console.Notice($"Versions up to {batch.CompactedThrough} have left the history and are not shown.");
                foreach (var entry in batch.Entries)
                    await console.Out.WriteLineAsync(context.Json ? EntryOutput.Json(name, entry) : EntryOutput.Row(entry));
                await console.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends a watch normally.
        }

        return ExitCode.Ok;
    }

    private static string? Sentence(WatchNotice notice) => notice switch
    {
        WatchNotice.Reset => "The register does not have the version seen last: that was in another cluster, such as one that was set up anew since. The versions begin again.",
        WatchNotice.Unavailable => "No majority of acceptors answers, so it is not known whether there is something new. The watch goes on when one does.",
        WatchNotice.Available => "A majority of acceptors answers again. There was nothing new.",
        _ => null,
    };
}
