using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Prints what changes below a prefix until it is interrupted, and then how to go on.</summary>
internal static class PrefixWatchRun
{
    public static async Task<int> RunAsync(CommandContext context, string prefix, string after, CancellationToken cancellationToken)
    {
        var console = context.Console;
        var (cursor, goesOn) = (after, after.Length > 0);
        try
        {
            var registers = await context.RegistersAsync();
            await foreach (var batch in registers.WatchPrefixAsync(prefix, after, cancellationToken))
            {
                if (batch.Begins && goesOn)
                    console.Notice("The watch cannot go on without a gap. The current values follow; a register that is not among them has none.");
                goesOn |= batch.Listed;
                if (WatchCommand.Sentence(batch.Notice) is { } sentence)
                    console.Notice(sentence);
                foreach (var each in batch.Events)
                    await WriteAsync(context, each);
                await console.FlushAsync(cancellationToken);
                cursor = batch.Cursor;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (cursor.Length > 0)
                console.Notice($"To go on: --after {cursor}");
        }

        return ExitCode.Ok;
    }

    private static async Task WriteAsync(CommandContext context, PrefixEvent changed)
    {
        var (name, versions) = changed;
        if (WatchCommand.Missed($"Versions of '{name}'", versions) is { } missed)
            context.Console.Notice(missed);
        foreach (var entry in versions.Entries)
            await context.Console.Out.WriteLineAsync(context.Json ? EntryOutput.Json(name, entry) : $"{name}\t{EntryOutput.Row(entry)}");
    }
}
