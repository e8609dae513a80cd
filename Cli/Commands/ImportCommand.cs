using System.CommandLine;
using System.Text;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos import</c></summary>
internal static class ImportCommand
{
    private const string StandardInput = "-";
    private const int DefaultMaxValueBytes = 256 * 1024;

    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A JSON settings file; - reads standard input" };
        var prefix = Inputs.Prefix();
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be written, and write nothing" };
        var strict = new Option<bool>("--strict") { Description = "Delete the registers below the prefix that are not in the file; shows them and asks first" };
        var consent = new DeletionConsent();
        var parallel = Inputs.Count("--parallel", "How many registers to write at once", 16, 1, 256);
        var limit = Inputs.Count("--max-value-bytes", "The silos' size limit for a value", DefaultMaxValueBytes, 1, int.MaxValue);
        var command = new DocumentedCommand(
            "import",
            "Write the values of a JSON settings file into registers",
            "Keys become names as .NET configuration has them, Logging:LogLevel:Default as Logging/LogLevel/Default. An import can be repeated: a register\n"
            + "that has its value already gets no new version, and one that somebody changes meanwhile is reported and left as it is.",
            "paxos import appsettings.json --prefix app/",
            "paxos import appsettings.json --prefix app/ --dry-run",
            "paxos import appsettings.json --prefix app/ --strict")
        {
            file,
            prefix,
            dryRun,
            strict,
            parallel,
            limit,
        };
        consent.AddTo(command);
        host.Handle(command, async (context, cancellationToken) =>
        {
            var settings = Read(context.Get(file), await BytesAsync(context, context.Get(file), cancellationToken));
            var maxValueBytes = context.Get(limit);
            var planned = ImportPlan.Make(settings, new SettingsPrefix(context.Get(prefix)!), maxValueBytes);
            var registers = await context.RegistersAsync();
            var plan = planned.Over(await ListPages.AllNamesAsync(registers, $"{planned.Prefix}", cancellationToken), context.Get(strict));
            if (plan.IsStrict && !context.Get(dryRun) && !await consent.IsGivenAsync(context, plan.Deleted, cancellationToken))
                return ExitCode.Refused;
            var importer = new Importer(registers, maxValueBytes, context.Get(parallel), context.Get(dryRun));
            return await new ImportRun(context, plan, context.Get(dryRun)).RunAsync(importer, cancellationToken);
        });
        return command;
    }

    private static async Task<byte[]> BytesAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await using var input = file == StandardInput ? null : InputFile.Open(file, "FILE");
        await (input ?? context.Console.Input).CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static SettingsFile Read(string file, byte[] bytes)
    {
        try
        {
            return SettingsFileReader.Read(Decode(bytes));
        }
        catch (FormatException exception)
        {
            throw new UsageException($"'{file}' cannot be imported. {exception.Message}", "Nothing was written.");
        }
    }

    /// <summary>Decodes a file. Files written on Windows may be UTF-16 or start with a byte order mark.</summary>
    private static string Decode(byte[] bytes)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(new MemoryStream(bytes), strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("It is not UTF-8.");
        }
    }
}
