using System.CommandLine;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>A command whose help has details and examples.</summary>
/// <param name="name">The command's name.</param>
/// <param name="summary">One sentence, which is also shown in the list of commands.</param>
/// <param name="details">Additional text in the help of the command.</param>
/// <param name="examples">Example command lines.</param>
internal sealed class DocumentedCommand(string name, string summary, string details, params string[] examples) : Command(name, summary)
{
    public string Details => details;

    public IReadOnlyList<string> Examples => examples;
}
