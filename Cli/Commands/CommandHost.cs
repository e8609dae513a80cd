using System.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The dependencies that all commands share.</summary>
/// <param name="console">The console.</param>
/// <param name="connection">The connection options.</param>
/// <param name="connect">Opens the connection.</param>
internal sealed class CommandHost(CliConsole console, ConnectionOptions connection, Connect connect)
{
    /// <summary>The option that prints JSON envelopes instead of text.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON: the envelopes of the HTTP interface",
        Recursive = true,
    };

    /// <summary>Sets the action of a command.</summary>
    public void Handle(Command command, Func<CommandContext, CancellationToken, Task<int>> run) =>
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var context = new CommandContext(parse, console, parse.GetValue(Json), OpenAsync);
            var exitCode = await run(context, cancellationToken);
            await console.FlushAsync(CancellationToken.None);
            return exitCode;

            Task<IConnection> OpenAsync() => connect(connection.Target(parse), console.Notice, cancellationToken);
        });
}
