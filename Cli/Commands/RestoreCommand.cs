using System.CommandLine;
using System.Text.Json;
using Orleans.Paxos.Cli.Backups;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos restore</c></summary>
internal static class RestoreCommand
{
    private const int DefaultBump = 1_000_000;
    private const long LargestBump = 1_000_000_000_000_000;

    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A file that backup has written" };
        var bump = NumberOption.Create<long>("--bump", "By how much versions rise; more than any register was written since the backup", DefaultBump, 1, LargestBump);
        var parallel = Inputs.Count("--parallel", "How many registers to write at once", 64, 1, 256);
        var command = new DocumentedCommand(
            "restore",
            "Write a backup into a cluster that has none of its registers",
            "The whole file is checked, and the cluster is, before anything is written. Every register begins at its version plus the bump, and every other name of the\n"
            + "cluster above the bump, so that no version and no fencing token falls below one of before. Locks are free, and what belonged to a session is deleted.\n"
            + "Let applications begin when it has ended. If it is interrupted, give the same command again: it goes on.",
            "paxos restore registers.backup",
            "paxos restore registers.backup --bump 50000000")
        {
            file,
            bump,
            parallel,
        };
        host.Handle(command, async (context, cancellationToken) =>
        {
            var path = context.Get(file);
            var backup = await BackupFile.CheckAsync(context.Console, path, cancellationToken);
            var client = (await context.ConnectAsync()).Backups;
            var repeated = new Repeated(TimeProvider.System);
            var restore = new Restore(client, new BackupSource(client, repeated), repeated, backup, new BackupReader(path), context.Get(bump));
            return await RunAsync(context, restore, (int)Math.Min(int.MaxValue, backup.Manifest.Registers), context.Get(parallel), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Restore restore, int registers, int atOnce, CancellationToken cancellationToken)
    {
        var written = 0;
        try
        {
            await ProgressBar.RunTitledAsync(context.Console, "looking at the cluster", wanted: true, async show =>
            {
                await restore.EnsureNoneIsThereAsync(done => show("looking at the cluster", done, registers), cancellationToken);
                await restore.RaiseAsync(cancellationToken);
                written = await restore.WriteAsync(atOnce, done => show("restoring", done, registers), cancellationToken);
            });
        }
        catch (Exception exception) when (exception is ImportStoppedException or OperationCanceledException)
        {
            context.Console.Notice("The restore is not complete. Give the same command again, with the same bump, to go on.");
            throw;
        }

        var summary = new RestoreSummary(written, registers - written);
        await context.Console.Out.WriteLineAsync(context.Json ? JsonSerializer.Serialize(summary, BackupSummaryJson.Default.RestoreSummary) : $"{summary}");
        return ExitCode.Ok;
    }
}
