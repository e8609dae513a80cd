using Orleans.Paxos.Cli.CommandLine;

namespace Orleans.Paxos.Verification;

/// <summary>How this program is started, and the commit that it was built from.</summary>
internal static class Tool
{
    /// <summary>The text before the name of a command.</summary>
    public const string CommandPrefix = "dotnet run --project Verification -c Release --";

    /// <summary>The commit under test.</summary>
    public static string Commit { get; } = ToolCommandLine.CommitOf(typeof(Tool).Assembly);
}
