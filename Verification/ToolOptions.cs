using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orleans.Paxos.Verification;

/// <summary>What the options of all commands have in common.</summary>
internal static class ToolOptions
{
    /// <summary>The commit that runs, which the scripts hand in for reports.</summary>
    public static Option<string> Commit() => new("--commit") { Hidden = true, DefaultValueFactory = _ => "unknown" };

    /// <summary>Reads an option's word, or refuses it with the rule that it breaks.</summary>
    /// <param name="result">The word.</param>
    /// <param name="parse">Reads it; null when it breaks the rule.</param>
    /// <param name="rule">What the option takes, for the error.</param>
    public static T Read<T>(ArgumentResult result, Func<string, T> parse, string rule)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var value = parse(text);
        if (value is null)
            result.AddError($"{rule}, not '{text}'.");
        return value;
    }
}
