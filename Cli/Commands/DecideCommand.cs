using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>paxos decide</c></summary>
internal static class DecideCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var value = new ValueSource();
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "decide",
            "Write a value if the register has none",
            "Prints the register's value: yours (exit code 0) or the one that was decided earlier (exit code 1).",
            "leader=$(paxos decide jobs/leader \"$(hostname)\")")
        {
            name,
        };
        value.AddTo(command);
        resend.AddTo(command);
        host.Handle(command, async (context, cancellationToken) =>
        {
            var change = Change.Decide(await value.ReadAsync(context, cancellationToken));
            return await RunAsync(context, context.Get(name), change, resend.Read(context), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string name, Change change, ChangeOptions options, CancellationToken cancellationToken)
    {
        var outcome = await ChangeSender.SendAsync(await context.RegistersAsync(), name, change, options, cancellationToken);
        if (outcome.Entry is { } decided)
        {
            if (context.Json)
                await context.Console.Out.WriteLineAsync(EntryOutput.Json(name, decided));
            else
                await EntryOutput.WriteValueAsync(context.Console, decided, raw: false, cancellationToken);
        }

        if (outcome is { Entry: null, WrittenVersion: { } version })
            context.Console.Notice($"Your value was decided before, as version {version}, which has left the history.");
        if (outcome.Status == ChangeStatus.Applied)
            return ExitCode.Ok;
        await context.Console.FlushAsync(cancellationToken);
        context.Console.Notice($"{EntryOutput.Standing(name, outcome.Entry)}, decided before. Nothing was written.");
        return ExitCode.Refused;
    }
}
