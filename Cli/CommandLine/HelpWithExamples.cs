using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>Prints the standard help, followed by the details and examples of the program or the command.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _usual;
    private readonly string _details;
    private readonly IReadOnlyList<string> _examples;

    private HelpWithExamples(HelpAction usual, string details, IReadOnlyList<string> examples) => (_usual, _details, _examples) = (usual, details, examples);

    public override bool ClearsParseErrors => true;

    /// <summary>Adds this help to a program.</summary>
    /// <param name="root">The program's command line.</param>
    /// <param name="details">Additional text in the help of the program itself.</param>
    /// <param name="examples">Example command lines.</param>
    public static void AddTo(RootCommand root, string details, params string[] examples)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, details, examples);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = _usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command as DocumentedCommand;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(command?.Details ?? _details);
        output.WriteLine();
        output.WriteLine("Examples:");
        foreach (var example in command?.Examples ?? _examples)
            output.WriteLine($"  {example}");
        return exitCode;
    }
}
