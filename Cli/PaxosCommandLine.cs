using System.CommandLine;
using Orleans.Paxos.Cli.CommandLine;
using Orleans.Paxos.Cli.Commands;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli;

/// <summary>The program: parses a command line, runs it and converts the outcome to an exit code.</summary>
/// <param name="console">The console.</param>
/// <param name="variable">Reads an environment variable.</param>
/// <param name="connect">Opens the connection.</param>
internal sealed class PaxosCommandLine(CliConsole console, Func<string, string?> variable, Connect connect)
{
    private const string UrlVariable = "PAXOS_URL";

    private const string Details = """
        Exit codes: 0 done; 1 not found, or refused by what the register holds; 2 bad argument; 3 no majority or nothing
        answers, and nothing was written; 4 a change may or may not have happened; 5 the acceptor sets differ; 75 a lock was lost.
        'lock' and 'elect' end with the code of the command that they run.

        With several addresses (--url repeated, or PAXOS_URL=http://a:8080,http://b:8080) the next one is asked when one does
        not answer or reaches no majority. A change that may have been sent goes there with the same request id and floor, so
        it is applied at most once. bench puts its load on the first.

        A silo that has keys wants one over HTTP: put it into PAXOS_KEY, or into a file for --key-file. No option takes the
        key itself, because other users of the machine see the command line.
        """;

    private static readonly string[] Examples = ["paxos set flags/dark-mode on", "paxos get flags/dark-mode", "paxos set --help"];

    /// <summary>Reads no response files and bundles no options, because a value may start with @ and a name may be any text.</summary>
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
        var connection = new ConnectionOptions(variable(UrlVariable), new KeyOptions(variable(AccessKey.Variable)));
        var host = new CommandHost(console, connection, connect);
        var root = new RootCommand("Reads, writes and watches the config registers of Orleans.Paxos, and locks commands.");
        connection.AddTo(root);
        root.Options.Add(host.Json);
        foreach (var command in Commands(host))
            root.Subcommands.Add(command);
        HelpWithExamples.AddTo(root, Details, Examples);
        return root;
    }

    private static IEnumerable<Command> Commands(CommandHost host) =>
    [
        GetCommand.Create(host),
        SetCommand.Create(host),
        CompareAndSetCommand.Create(host),
        DecideCommand.Create(host),
        DeleteCommand.Create(host),
        AddCommand.Create(host),
        ListCommand.Create(host),
        HistoryCommand.Create(host),
        WatchCommand.Create(host),
        ImportCommand.Create(host),
        ExportCommand.Create(host),
        BackupCommand.Create(host),
        RestoreCommand.Create(host),
        LockCommand.Create(host),
        ElectCommand.Create(host),
        SessionCommand.Create(host),
        StatusCommand.Create(host),
        AcceptorsCommand.Create(host),
        BenchCommand.Create(host),
    ];
}
