using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Runs a change and prints the new version or why the change was refused.</summary>
internal static class ChangeRun
{
    public static async Task<int> RunAsync(CommandContext context, string name, Change change, ChangeOptions options, CancellationToken cancellationToken)
    {
        var outcome = await ChangeSender.SendAsync(await context.RegistersAsync(), name, change, options, cancellationToken);
        if (outcome is not { Status: ChangeStatus.Applied, WrittenVersion: { } version })
            return await RefuseAsync(context, name, change, outcome);
        await context.WriteWrittenAsync(name, version, outcome.Entry);
        return ExitCode.Ok;
    }

    /// <summary>Says why a change was refused.</summary>
    public static async Task<int> RefuseAsync(CommandContext context, string name, Change change, ChangeOutcome outcome)
    {
        var reason = outcome.Status switch
        {
            ChangeStatus.VersionMismatch => $", not at {change.ExpectedVersion}",
            ChangeStatus.Fenced when outcome.Entry?.Guard is { } guard => $", fenced by token {guard.Token} of lock '{guard.Lock}'; yours is {Shown(change.Fence, guard)}",
            ChangeStatus.NotACounter => ", and its value is not a whole number that can be added to",
            _ => "",
        };
        await context.WriteRefusedAsync(name, outcome.Entry, $"{EntryOutput.Standing(name, outcome.Entry)}{reason}. Nothing was written.");
        return ExitCode.Refused;
    }

    private static string Shown(Fence? fence, Fence guard) => fence?.Lock == guard.Lock ? $"the earlier token {fence.Token}" : $"of lock '{fence?.Lock}'";
}
