using System.CommandLine;
using System.Text.Json;
using Orleans.Paxos.Cli.Backups;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos backup</c></summary>
internal static class BackupCommand
{
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write, or with --verify to check" };
        var prefix = Inputs.Prefix();
        var verify = new Option<bool>("--verify") { Description = "Check a file: it was not cut off, and nothing in it has changed" };
        var command = new DocumentedCommand(
            "backup",
            "Write all registers, with their histories and versions, into a file for restore",
            "Each register is as of a moment, and not all as of one. Sessions are left out; locks come along, so that no fencing token is ever given out twice.\n"
            + "FILE is replaced when the backup is whole. It holds every value: keep it as safe as the cluster.",
            "paxos backup registers.backup",
            "paxos backup --verify registers.backup")
        {
            file,
            prefix,
            verify,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(verify) && result.GetValue(prefix) is { Length: > 0 })
                result.AddError("--verify checks the whole file, and takes no --prefix.");
        });
        host.Handle(command, async (context, cancellationToken) => context.Get(verify)
            ? await VerifyAsync(context, context.Get(file), cancellationToken)
            : await BackUpAsync(context, context.Get(file), context.Get(prefix)!, cancellationToken));
        return command;
    }

    private static async Task<int> BackUpAsync(CommandContext context, string file, string prefix, CancellationToken cancellationToken)
    {
        RegisterName.ValidatePrefix(prefix, mayBeReserved: true);
        if (!ReservedNames.IsBackedUp(prefix))
            throw new UsageException($"A backup has no names that begin with '{prefix}'.", $"Of the reserved names, it has those of locks: '{ReservedNames.Locks}'.");
        await using var output = ReplacedFile.Open(file, "FILE");
        var connection = await context.ConnectAsync();
        var status = await connection.StatusAsync(cancellationToken);
        var source = new BackupSource(connection.Backups, new Repeated(TimeProvider.System));
        var header = new BackupHeader(BackupHeader.CurrentFormat, TimeProvider.System.GetUtcNow(), status.Epoch, prefix, await source.BucketsAsync(cancellationToken));
        BackupManifest? manifest = null;
        var known = (int)Math.Min(int.MaxValue, status.Acceptors.Max(static acceptor => acceptor.Registers));
        await ProgressBar.RunAsync(context.Console, "backing up", wanted: true, async progress =>
            manifest = await new Backup(source).WriteAsync(header, output.Content, done => progress(done, Math.Max(done, known)), cancellationToken));
        await output.ReplaceAsync();
        await WriteAsync(context, file, new CheckedBackup(header, manifest!, new Dictionary<int, BucketWatermark>()));
        return ExitCode.Ok;
    }

    private static async Task<int> VerifyAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        await WriteAsync(context, file, await BackupFile.CheckAsync(context.Console, file, cancellationToken));
        return ExitCode.Ok;
    }

    private static Task WriteAsync(CommandContext context, string file, CheckedBackup backup)
    {
        var summary = BackupSummary.Of(backup);
        return context.Console.Out.WriteLineAsync(context.Json ? JsonSerializer.Serialize(summary, BackupSummaryJson.Default.BackupSummary) : $"{file}: {summary}");
    }
}
