using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Runs a change and prints the new version or why the change was refused.</summary>
internal static class ChangeRun
{
    public static async Task<int> RunAsync(CommandContext context, string name, Change change, ChangeOptions options, CancellationToken cancellationToken)
    {
        var outcome = await ChangeSender.SendAsync(await context.RegistersAsync(), name, change, options, cancellationToken);
        if (outcome is { Status: ChangeStatus.Applied, WrittenVersion: { } version })
        {
            await context.WriteWrittenAsync(name, version, outcome.Entry);
            return ExitCode.Ok;
        }

        var needed = outcome.Status == ChangeStatus.VersionMismatch ? $", not at {change.ExpectedVersion}" : "";
        await context.WriteRefusedAsync(
            name, outcome.Entry, $"{EntryOutput.Standing(name, outcome.Entry)}{needed}. Nothing was written.");
        return ExitCode.Refused;
    }
}
