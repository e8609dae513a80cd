using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos export</c></summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        var prefix = Inputs.Prefix();
        var file = new Option<string?>("--out") { Description = "Write to a file rather than to standard output", HelpName = "path" };
        var parallel = Inputs.Count("--parallel", "How many registers to read at once", 16, 1, 256);
        var command = new DocumentedCommand(
            "export",
            "Write registers as a JSON settings file",
            "The inverse of import. It keeps the types and the key order of the imported files. Values are read one by one, so the file is not a snapshot of one moment.",
            "paxos export --prefix app/",
            "paxos export --prefix app/ --out appsettings.json")
        {
            prefix,
            file,
            parallel,
        };
        host.Handle(command, async (context, cancellationToken) => await RunAsync(
            context,
            new SettingsPrefix(context.Get(prefix)!),
            new Exporter(await context.RegistersAsync(), context.Get(parallel)),
            context.Get(file),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, SettingsPrefix prefix, Exporter exporter, string? file, CancellationToken cancellationToken)
    {
        byte[]? json = null;
        await ProgressBar.RunAsync(context.Console, "exporting", wanted: true, async progress =>
            json = await exporter.RunAsync(prefix, progress, cancellationToken));
        if (json is null)
        {
            context.Console.Notice($"There is no register whose name starts with '{prefix}'.");
            return ExitCode.Refused;
        }

        if (file is null)
            await context.Console.WriteRawAsync(json, cancellationToken);
        else
            await ReplaceAsync(file, json, cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>Replaces a file atomically: readers see the old file or the new one, never a part of one.</summary>
    private static async Task ReplaceAsync(string file, byte[] json, CancellationToken cancellationToken)
    {
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, json, cancellationToken);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
