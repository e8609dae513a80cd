using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Settings;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos delete</c></summary>
internal static class DeleteCommand
{
    private const int Parallel = 16;

    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        name.Arity = ArgumentArity.ZeroOrOne;
        var version = Inputs.VersionOption("--version", "Delete only if this is the newest version", 1);
        var fence = FenceOption.Create();
        var prefix = new Option<string?>("--prefix") { Description = "Delete every register below a prefix; shows them and asks first", HelpName = "app/" };
        var dryRun = new Option<bool>("--dry-run") { Description = "With --prefix: say what would be deleted, and delete nothing" };
        var consent = new DeletionConsent();
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "delete",
            "Delete a register's value, or those of all registers below a prefix",
            "Prints the version of the deletion, which is a version of its own; the versions before it stay in the history. With --prefix it deletes one\n"
            + "register after the other, not all at one moment; what somebody changes meanwhile is reported and left as it is.",
            "paxos delete flags/dark-mode",
            "paxos delete flags/dark-mode --version 7",
            "paxos delete --prefix app/old/ --dry-run")
        {
            name,
            version,
            fence,
            prefix,
            dryRun,
        };
        consent.AddTo(command);
        resend.AddTo(command);
        command.Validators.Add(result =>
        {
            var isNamed = result.GetResult(name) is { Tokens.Count: > 0 };
            var isPrefix = result.GetResult(prefix) is not null;
            if (isNamed == isPrefix)
                result.AddError("Give NAME or --prefix, one of them.");
            if (isPrefix && new Option[] { version, fence, resend.RequestId, resend.Floor }.FirstOrDefault(option => result.GetResult(option) is not null) is { } other)
                result.AddError($"{other.Name} is for one register and does not go with --prefix.");
            if (!isPrefix && result.GetResult(dryRun) is { Implicit: false })
                result.AddError("--dry-run goes with --prefix only.");
        });
        host.Handle(command, (context, cancellationToken) => context.Get(prefix) is { } text
            ? RunAsync(context, text, context.Get(dryRun), consent, cancellationToken)
            : ChangeRun.RunAsync(
                context, context.Get(name), Change.Delete(context.Get(version)) with { Fence = context.Get(fence) }, resend.Read(context), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string text, bool dryRun, DeletionConsent consent, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
            throw new UsageException("--prefix is empty, and every register would be deleted. Nothing was written.", "Give what the names start with, such as app/.");
        var prefix = new SettingsPrefix(text);
        var registers = await context.RegistersAsync();
        var plan = ImportPlan.Deletion(prefix, await ListPages.AllNamesAsync(registers, $"{prefix}", cancellationToken));
        if (plan.Deleted.IsEmpty)
        {
            context.Console.Notice($"There is no register whose name starts with '{prefix}'.");
            return ExitCode.Refused;
        }

        if (!dryRun && !await consent.IsGivenAsync(context, plan.Deleted, cancellationToken))
            return ExitCode.Refused;
        return await new ImportRun(context, plan, dryRun).RunAsync(new Importer(registers, maxValueBytes: 0, Parallel, dryRun), cancellationToken);
    }
}
