using Orleans.Paxos.Cli.Backups;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Checks the file of a backup and shows how far it is.</summary>
internal static class BackupFile
{
    /// <exception cref="Errors.UsageException">The file is damaged, is not whole, or is no backup.</exception>
    public static async Task<CheckedBackup> CheckAsync(CliConsole console, string file, CancellationToken cancellationToken)
    {
        CheckedBackup? backup = null;
        var kilobytes = File.Exists(file) ? (int)(new FileInfo(file).Length / 1024) : 0;
        await ProgressBar.RunAsync(console, "checking", wanted: true, async progress =>
            backup = await CheckedBackup.ReadAsync(new BackupReader(file), bytes => progress((int)(bytes / 1024), kilobytes), cancellationToken));
        return backup!;
    }
}
