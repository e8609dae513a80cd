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
        var after = After();
        var command = new DocumentedCommand(
            "watch",
            "Print every version of a register as it is chosen",
            "Once each and in order, until Ctrl-C: version, time, request id and value, parted by tabs. A lost connection is made again,\n"
            + "with several addresses at the next silo, and the watch goes on where it was. If the register does not have the version seen\n"
            + "last, or another request wrote it, as in a cluster that was set up anew, that is told and the versions begin again.",
            "paxos watch flags/dark-mode",
            "paxos watch flags/dark-mode --after 7 --json | jq .value",
            "paxos watch flags/dark-mode --after 7-becf8bb0-a537-41e0-a015-4118a689f981")
        {
            name,
            after,
        };
        host.Handle(command, (context, cancellationToken) =>
            RunAsync(context, context.Get(name), context.Get(after), cancellationToken));
        return command;
    }

    private static Option<WatchPoint> After() => new("--after")
    {
        Description = "Start after this version, alone or as VERSION-REQUESTID; with the oldest version in the history without it",
        HelpName = "version",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!WatchPoint.TryParse(text, out var point))
                result.AddError($"--after takes a version, 0 or more, such as 7, or with its request id, such as 7-becf8bb0-a537-41e0-a015-4118a689f981, not '{text}'.");
            return point;
        },
    };

    private static async Task<int> RunAsync(CommandContext context, string name, WatchPoint after, CancellationToken cancellationToken)
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
