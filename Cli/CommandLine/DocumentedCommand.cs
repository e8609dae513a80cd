using System.CommandLine;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>A command whose help has details and examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="summary">One sentence, which the list of commands shows too.</param>
/// <param name="details">What its own help adds.</param>
/// <param name="examples">Command lines to start from.</param>
internal sealed class DocumentedCommand(string name, string summary, string details, params string[] examples) : Command(name, summary)
{
    public string Details => details;

    public IReadOnlyList<string> Examples => examples;
}
