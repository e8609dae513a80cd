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
        var name = new Argument<string>("NAME") { Description = "The register's name, such as app/flags/dark-mode", Arity = ArgumentArity.ZeroOrOne };
        var prefix = new Option<string?>("--prefix") { Description = "Watch all registers whose names start with this, instead of one", HelpName = "app/" };
        var after = new Option<string>("--after")
        {
            Description = "Start after this: a version, alone or as VERSION-REQUESTID; with --prefix, a cursor that an interrupted watch has printed",
            HelpName = "version",
            DefaultValueFactory = _ => "",
        };
        var command = new DocumentedCommand(
            "watch",
            "Print every version of a register as it is chosen, or of all registers below a prefix",
            "Once each and in order, until Ctrl-C: version, time, request id and value, parted by tabs; with --prefix the name before them.\n"
            + "A watch begins with the oldest version in the history, and one of a prefix with the current values. A lost connection is made\n"
            + "again, with several addresses at the next silo, and the watch goes on where it was. With several, a silo that no longer answers\n"
            + "is noticed in a third of a second: it is asked 14 times a second whether it lives. If the register does not have the version\n"
            + "seen last, or another request wrote it, as in a cluster that was set up anew, that is told and the versions begin again.",
            "paxos watch flags/dark-mode",
            "paxos watch flags/dark-mode --after 7 --json | jq .value",
            "paxos watch flags/dark-mode --after 7-becf8bb0-a537-41e0-a015-4118a689f981",
            "paxos watch --prefix services/")
        {
            name,
            prefix,
            after,
        };
        command.Validators.Add(result =>
        {
            var text = result.GetValue(after) ?? "";
            switch (result.GetValue(name), result.GetValue(prefix))
            {
                case (null, null):
                    result.AddError("Give the NAME of a register, or --prefix for all registers below it.");
                    break;
                case (not null, not null):
                    result.AddError("NAME and --prefix exclude each other: one register is watched, or all below a prefix.");
                    break;
                case (not null, null) when text.Length > 0 && !WatchPoint.TryParse(text, out _):
                    result.AddError($"--after takes a version, 0 or more, such as 7, or with its request id, such as 7-becf8bb0-a537-41e0-a015-4118a689f981, not '{text}'.");
                    break;
                case (null, not null) when text.Length > 0 && !PrefixCursor.TryParse(text, out _):
                    result.AddError($"With --prefix, --after takes a cursor as an interrupted watch has printed it, not '{text}'.");
                    break;
            }
        });
        host.Handle(command, (context, cancellationToken) => context.Get(prefix) is { } below
            ? PrefixWatchRun.RunAsync(context, below, context.Get(after)!, cancellationToken)
            : RunAsync(context, context.Get(name), WatchPoint.TryParse(context.Get(after)!, out var point) ? point : default, cancellationToken));
        return command;
    }

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
                if (Missed("Versions", batch) is { } missed)
                    console.Notice(missed);
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

    /// <summary>What to say of versions that were missed; null for none.</summary>
    public static string? Missed(string versions, WatchBatch batch) => batch switch
    {
        { CompactedThrough: 0 } => null,
        { Entries.IsEmpty: true } => $"{versions} up to {batch.CompactedThrough} are not shown. The last one deleted the register, which has been forgotten since.",
        _ => $"{versions} up to {batch.CompactedThrough} have left the history and are not shown.",
    };

    /// <summary>What a notice says; null for none.</summary>
    public static string? Sentence(WatchNotice notice) => notice switch
    {
        WatchNotice.Reset => "The register does not have the version seen last: that was in another cluster, such as one that was set up anew since. The versions begin again.",
        WatchNotice.Unavailable => "No majority of acceptors answers, so it is not known whether there is something new. The watch goes on when one does.",
        WatchNotice.Available => "A majority of acceptors answers again.",
        _ => null,
    };
}
