using System.CommandLine;

namespace Orleans.Paxos.Cli;

/// <summary><c>paxos set</c></summary>
internal static class SetCommand
{
    public static Command Create(CommandHost host)
    {
        var name = Inputs.Name();
        var value = new ValueSource();
        var resend = new ResendOptions();
        var command = new DocumentedCommand(
            "set",
            "Write a value, whatever is there",
            "Prints the version written.",
            "paxos set flags/dark-mode on",
            "paxos set certificates/root --file root.der",
            "date | paxos set jobs/last-run -",
            "paxos set greeting -- --a-value-that-starts-with-dashes")
        {
            name,
        };
        value.AddTo(command);
        resend.AddTo(command);
        host.Handle(command, async (invocation, cancellationToken) =>
        {
            var change = Change.Set(await value.ReadAsync(invocation, cancellationToken));
            return await ChangeRun.RunAsync(invocation, invocation.Get(name), change, resend.Read(invocation), cancellationToken);
        });
        return command;
    }
}
