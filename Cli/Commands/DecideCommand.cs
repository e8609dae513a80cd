using System.CommandLine;

namespace Orleans.Paxos.Cli;

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
            "Prints the value that the register has then: yours (exit code 0) or the one that was decided before (exit code 1).",
            "leader=$(paxos decide jobs/leader \"$(hostname)\")")
        {
            name,
        };
        value.AddTo(command);
        resend.AddTo(command);
        host.Handle(command, async (invocation, cancellationToken) =>
        {
            var change = Change.Decide(await value.ReadAsync(invocation, cancellationToken));
            return await RunAsync(invocation, invocation.Get(name), change, resend.Read(invocation), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, string name, Change change, ChangeOptions options, CancellationToken cancellationToken)
    {
        var outcome = await ChangeSender.SendAsync(await invocation.RegistersAsync(), name, change, options, cancellationToken);
        if (outcome.Entry is { } decided)
        {
            if (invocation.Json)
                await invocation.Console.Out.WriteLineAsync(EntryOutput.Json(name, decided));
            else
                await EntryOutput.WriteValueAsync(invocation.Console, decided, raw: false, cancellationToken);
        }

        if (outcome.Status == ChangeStatus.Applied)
            return ExitCode.Ok;
        await invocation.Console.FlushAsync(cancellationToken);
        invocation.Console.Notice($"{EntryOutput.Standing(name, outcome.Entry)}, decided before. Nothing was written.");
        return ExitCode.Refused;
    }
}
