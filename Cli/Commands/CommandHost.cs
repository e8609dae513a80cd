using System.CommandLine;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>What every command is made with.</summary>
/// <param name="console">Where it reads and writes.</param>
/// <param name="connection">The options that say what to connect to.</param>
/// <param name="connect">Makes the connection.</param>
internal sealed class CommandHost(CliConsole console, ConnectionOptions connection, Connect connect)
{
    /// <summary>Prints envelopes rather than text.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON: the envelopes of the HTTP interface",
        Recursive = true,
    };

    /// <summary>Gives a command what it does.</summary>
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
