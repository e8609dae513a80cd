using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>The usual help, and after it a command's details and examples.</summary>
/// <param name="usual">Prints the usual help.</param>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string RootDetails = """
        Exit codes: 0 done; 1 not found, version mismatch or already decided; 2 bad argument; 3 no majority or nothing
        answers, and nothing was written; 4 a change may or may not have happened; 5 the acceptor sets differ.

        A silo that has keys wants one over HTTP: put it into PAXOS_KEY, or into a file for --key-file. No option takes the
        key itself, because other users of the machine see the command line.
        """;

    private static readonly string[] RootExamples = ["paxos set flags/dark-mode on", "paxos get flags/dark-mode", "paxos set --help"];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command as DocumentedCommand;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command?.Details ?? RootDetails);
        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in command?.Examples ?? RootExamples)
            output.WriteLine($"  {example}");
        return exitCode;
    }
}
