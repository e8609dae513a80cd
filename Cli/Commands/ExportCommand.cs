using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos export</c></summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        var prefix = Inputs.Prefix();
        var file = new Option<string?>("--out") { Description = "Write to a file rather than to standard output", HelpName = "path" };
        var command = new DocumentedCommand(
            "export",
            "Write registers as a JSON settings file",
            "The inverse of import, with the types and the order of the keys of the files imported. Values are read page by page, not at one moment.",
            "paxos export --prefix app/",
            "paxos export --prefix app/ --out appsettings.json")
        {
            prefix,
            file,
        };
        host.Handle(command, async (context, cancellationToken) => await RunAsync(
            context,
            new SettingsPrefix(context.Get(prefix)!),
            new Exporter(await context.RegistersAsync()),
            context.Get(file),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, SettingsPrefix prefix, Exporter exporter, string? file, CancellationToken cancellationToken)
    {
        if (await exporter.RunAsync(prefix, cancellationToken) is not { } json)
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

    /// <summary>Readers see the old file or the new one, never half of one.</summary>
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
