using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>The usual help, and after it the details and examples of the program or of one of its commands.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _usual;
    private readonly string _details;
    private readonly IReadOnlyList<string> _examples;

    private HelpWithExamples(HelpAction usual, string details, IReadOnlyList<string> examples) => (_usual, _details, _examples) = (usual, details, examples);

    public override bool ClearsParseErrors => true;

    /// <summary>Gives a program this help.</summary>
    /// <param name="root">The program's command line.</param>
    /// <param name="details">What the help of the program itself adds.</param>
    /// <param name="examples">Command lines to start from.</param>
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
