using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos export</c></summary>
internal static class ExportCommand
{
    public static Command Create(CommandHost host)
    {
        var prefix = Inputs.Prefix();
        var file = new Option<string?>("--out") { Description = "Write to a file rather than to standard output", HelpName = "path" };
        var followed = new Option<string?>("--follow") { Description = "Write to a file, and again whenever something below the prefix changes, until Ctrl-C; the silo is watched as by watch", HelpName = "path" };
        var command = new DocumentedCommand(
            "export",
            "Write registers as a JSON settings file",
            "The inverse of import. It keeps the types and the key order of the imported files. Values are read page by page, so the file is not a snapshot of one moment.",
            "paxos export --prefix app/",
            "paxos export --prefix app/ --out appsettings.json",
            "paxos export --prefix app/ --follow appsettings.json")
        {
            prefix,
            file,
            followed,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(file) is not null && result.GetValue(followed) is not null)
                result.AddError("--out and --follow exclude each other: both name the file to write.");
        });
        host.Handle(command, async (context, cancellationToken) =>
        {
            var below = new SettingsPrefix(context.Get(prefix)!);
            if (context.Get(followed) is { } kept)
                return await new FollowedExport(context, below, kept, followed.Name).RunAsync(cancellationToken);
            await using var output = context.Get(file) is { } path ? ReplacedFile.Open(path, file.Name) : null;
            var exporter = new Exporter(await context.RegistersAsync());
            return await RunAsync(context, below, exporter, output, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, SettingsPrefix prefix, Exporter exporter, ReplacedFile? output, CancellationToken cancellationToken)
    {
        if (await exporter.RunAsync(prefix, cancellationToken) is not { } json)
        {
            context.Console.Notice($"There is no register whose name starts with '{prefix}'.");
            return ExitCode.Refused;
        }

        if (output is null)
            await context.Console.WriteRawAsync(json, cancellationToken);
        else
            await output.ReplaceAsync(json, cancellationToken);
        return ExitCode.Ok;
    }
}
