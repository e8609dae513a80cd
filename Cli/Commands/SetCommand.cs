using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos set</c></summary>
internal static class SetCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var value = new ValueSource();
        var fence = FenceOption.Create();
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "set",
            "Write a value unconditionally",
            "Prints the version written.",
            "paxos set flags/dark-mode on",
            "paxos set certificates/root --file root.der",
            "date | paxos set jobs/last-run -",
            "paxos set jobs/nightly/state done --fence jobs/nightly:17",
            "paxos set greeting -- --a-value-that-starts-with-dashes")
        {
            name,
            fence,
        };
        value.AddTo(command);
        resend.AddTo(command);
        host.Handle(command, async (context, cancellationToken) =>
        {
            var change = Change.Set(await value.ReadAsync(context, cancellationToken)) with { Fence = context.Get(fence) };
            return await ChangeRun.RunAsync(context, context.Get(name), change, resend.Read(context), cancellationToken);
        });
        return command;
    }
}
