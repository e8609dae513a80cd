using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos cas</c></summary>
internal static class CompareAndSetCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var version = Inputs.Version();
        var value = new ValueSource();
        var fence = FenceOption.Create();
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "cas",
            "Compare and set: write a value if VERSION is the newest version",
            "Prints the version written. When another version is the newest, nothing is written and the exit code is 1.",
            "paxos cas routes/eu 7 '{\"region\":\"west\"}'",
            "paxos cas routes/eu 0 - < routes.json")
        {
            name,
            version,
            fence,
        };
        value.AddTo(command);
        resend.AddTo(command);
        host.Handle(command, async (context, cancellationToken) =>
        {
            var change = Change.CompareAndSet(await value.ReadAsync(context, cancellationToken), context.Get(version)) with { Fence = context.Get(fence) };
            return await ChangeRun.RunAsync(context, context.Get(name), change, resend.Read(context), cancellationToken);
        });
        return command;
    }
}
