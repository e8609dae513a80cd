using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos add</c></summary>
internal static class AddCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var amount = Inputs.Amount();
        var fence = FenceOption.Create();
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "add",
            "Add a number to a counter",
            "Prints the sum. A register without a value counts as 0. When the value is not a whole number, nothing is written and the exit code is 1.",
            "paxos add visits",
            "paxos add stock/apples -12",
            "ticket=$(paxos add tickets/next)")
        {
            name,
            amount,
            fence,
        };
        resend.AddTo(command);
        host.Handle(command, (context, cancellationToken) =>
        {
            var change = Change.Add(context.Get(amount)) with { Fence = context.Get(fence) };
            return RunAsync(context, context.Get(name), change, resend.Read(context), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string name, Change change, ChangeOptions options, CancellationToken cancellationToken)
    {
        var outcome = await ChangeSender.SendAsync(await context.RegistersAsync(), name, change, options, cancellationToken);
        if (outcome.Status != ChangeStatus.Applied)
            return await ChangeRun.RefuseAsync(context, name, change, outcome);
        if (context.Json && outcome.WrittenVersion is { } version)
            await context.WriteWrittenAsync(name, version, outcome.Entry);
        else if (outcome.Entry is { } sum)
            await context.Console.Out.WriteLineAsync(TextValue.OneLine(sum));
        else
            context.Console.Notice($"The number was added before, as version {outcome.WrittenVersion}, which has left the history.");
        return ExitCode.Ok;
    }
}
