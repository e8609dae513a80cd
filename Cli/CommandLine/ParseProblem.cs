using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>Describes in one sentence the mistake in a command line, and where to find help.</summary>
internal static class ParseProblem
{
    /// <summary>Gets the mistake; null when there is none.</summary>
    public static string? Of(ParseResult parse)
    {
        if (Sentence(parse) is not { } sentence)
            return null;
        var command = parse.CommandResult.Command;
        var help = command is RootCommand ? "paxos --help" : $"paxos {NameOf(command)} --help";
        return $"{sentence} See '{help}'.";
    }

    /// <summary>The words that name a command, such as <c>session end</c>.</summary>
    private static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{NameOf(parent)} {command.Name}" : command.Name;

    private static string? Sentence(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        if (parse.Errors.Count == 0)
            return StrayOption(parse) is { } stray ? NotAnOption(stray, command) : null;
        if (command is not RootCommand)
            return parse.UnmatchedTokens.FirstOrDefault(LooksLikeOption) is { } unmatched ? NotAnOption(unmatched, command) : parse.Errors[0].Message;
        if (parse.UnmatchedTokens is not [var first, ..])
            return parse.Tokens.Count == 0 ? "There is no command." : parse.Errors[0].Message;
        return LooksLikeOption(first)
            ? $"{first} is not an option of paxos."
            : $"'{first}' is not a command.{Suggestion(first, command.Subcommands.Select(known => known.Name))}";
    }

    /// <summary>
    /// Finds a misspelt option, which would otherwise be taken for a name or a value. Values that start with dashes must follow
    /// "--". Negative numbers and a single "-" are not options.
    /// </summary>
    private static string? StrayOption(ParseResult parse)
    {
        var arguments = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).ToHashSet(ReferenceEqualityComparer.Instance);
        return parse.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => arguments.Contains(token) && LooksLikeOption(token.Value))
            .Select(token => token.Value)
            .FirstOrDefault();
    }

    private static bool LooksLikeOption(string token) => token.Length > 1 && token[0] == '-' && !char.IsAsciiDigit(token[1]) && token[1] != '.';

    private static string NotAnOption(string token, Command command)
    {
        var known = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options)).Select(option => option.Name);
        return $"{token} is not an option of paxos {NameOf(command)}; a value that starts with a dash stands after '--'.{Suggestion(token, known)}";
    }

    private static string Suggestion(string word, IEnumerable<string> known)
    {
        var nearest = known.MinBy(candidate => Spelling.Distance(word, candidate));
        return nearest is not null && Spelling.Distance(word, nearest) <= 2 ? $" Did you mean '{nearest}'?" : "";
    }
}
