using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>Helpers that the command lines of the repository's tools share.</summary>
internal static class ToolCommandLine
{
    /// <summary>The exit code for an invalid command line.</summary>
    public const int BadArguments = 2;

    private const string UnknownCommit = "unknown";

    /// <summary>Runs a command line, or prints its mistakes, one line each.</summary>
    /// <param name="root">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="configuration">The output writers and the time that stopping may take.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RootCommand root, string[] arguments, InvocationConfiguration configuration)
    {
        var parse = root.Parse(arguments);
        if (parse.Errors.Count == 0)
            return await parse.InvokeAsync(configuration);
        foreach (var message in parse.Errors.Select(error => error.Message).Distinct())
            await configuration.Error.WriteLineAsync($"error: {message} --help lists the options.");
        return BadArguments;
    }

    /// <summary>Parses the value of an option, or reports the rule that it breaks.</summary>
    /// <param name="result">The value as it was typed.</param>
    /// <param name="parse">Parses the value; null when it breaks the rule.</param>
    /// <param name="rule">Describes the values that the option takes, for the error.</param>
    public static T Read<T>(this ArgumentResult result, Func<string, T> parse, string rule)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        var value = parse(text);
        if (value is null)
            result.AddError($"{rule}, not '{text}'.");
        return value;
    }

    /// <summary>Gets the commit that an assembly was built from. The SDK appends it to the version in a git checkout.</summary>
    public static string CommitOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: > 0 } commit] ? commit : UnknownCommit;
}
