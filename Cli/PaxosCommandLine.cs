using System.CommandLine;
using System.CommandLine.Help;
using Orleans.Paxos.Cli.Commands;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli;

/// <summary>The program: parses a command line, runs it and turns how it ended into an exit code.</summary>
/// <param name="console">Where it reads and writes.</param>
/// <param name="variable">Reads the environment.</param>
/// <param name="connect">Makes the connection.</param>
internal sealed class PaxosCommandLine(CliConsole console, Func<string, string?> variable, Connect connect)
{
    private const string UrlVariable = "PAXOS_URL";

    /// <summary>A value may start with @ and names may be anything: nothing is read from response files, no options are bundled.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var exitCode = await ParseAndRunAsync(arguments, cancellationToken);
            await console.FlushAsync(CancellationToken.None);
            return exitCode;
        }
        catch (Exception exception)
        {
            return await EndAsync(exception, arguments);
        }
    }

    private async Task<int> ParseAndRunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var root = CreateRoot();
        var parse = root.Parse(arguments, Parsing);
        if (ParseProblem.Of(parse) is { } problem)
        {
            console.Notice(problem);
            return ExitCode.BadArgument;
        }

        var configuration = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parse.InvokeAsync(configuration, cancellationToken);
    }

    private async Task<int> EndAsync(Exception exception, string[] arguments)
    {
        var failure = Failure.Of(exception);
        if (failure.ExitCode != ExitCode.Ok)
            await console.FlushAsync(CancellationToken.None);
        if (failure.Message.Length > 0)
            console.Notice(failure.Message);
        if (exception is OutcomeUnknownException unknown)
            console.Notice($"To send it again: {ResendLine.Of(arguments, unknown.RequestId, unknown.Floor)}");
        return failure.ExitCode;
    }

    private RootCommand CreateRoot()
    {
        var connection = new ConnectionOptions(variable(UrlVariable), new KeyOptions(variable(KeyOptions.Variable)));
        var host = new CommandHost(console, connection, connect);
        var root = new RootCommand("Reads, writes and watches the config registers of Orleans.Paxos.");
        connection.AddTo(root);
        root.Options.Add(host.Json);
        foreach (var command in Commands(host))
            root.Subcommands.Add(command);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    private static IEnumerable<Command> Commands(CommandHost host) =>
    [
        GetCommand.Create(host),
        SetCommand.Create(host),
        CompareAndSetCommand.Create(host),
        DecideCommand.Create(host),
        DeleteCommand.Create(host),
        ListCommand.Create(host),
        HistoryCommand.Create(host),
        WatchCommand.Create(host),
        ImportCommand.Create(host),
        ExportCommand.Create(host),
        StatusCommand.Create(host),
        BenchCommand.Create(host),
    ];
}
