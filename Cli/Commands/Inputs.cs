using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class Inputs
{
    private const double LongestSeconds = 86_400;

    public static Argument<string> Name() => new("NAME")
    {
        Description = "The register's name, such as app/flags/dark-mode",
    };

    public static Argument<long> Version() => new("VERSION")
    {
        Description = "The version that must be the newest; 0 for a register that was never written, or was forgotten",
        CustomParser = result => WholeNumber(result, "VERSION", 0),
    };

    public static Argument<long> Amount() => new("AMOUNT")
    {
        Description = "The whole number to add, which may be negative",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -CounterValue.Largest and <= CounterValue.Largest)
                return number;
            result.AddError($"AMOUNT takes a whole number, from {-CounterValue.Largest} to {CounterValue.Largest}, not '{text}'.");
            return 0;
        },
    };

    public static Option<long?> VersionOption(string name, string description, long least) => new(name)
    {
        Description = description,
        HelpName = "version",
        CustomParser = result => WholeNumber(result, name, least),
    };

    public static Option<int> Count(string name, string description, int fallback, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "number",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => (int)WholeNumber(result, name, least, most),
    };

    /// <summary>Creates an option for a number that may be given several times.</summary>
    public static Option<int[]> Counts(string name, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = "number",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => [.. result.Tokens.Select(token => (int)WholeNumber(result, token.Value, name, least, most))],
    };

    public static Option<string> Prefix() => new("--prefix")
    {
        Description = "The prefix of the registers' names, such as app/",
        HelpName = "app/",
        DefaultValueFactory = _ => "",
    };

    public static double Seconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestSeconds)
            return seconds;
        result.AddError($"'{text}' is not a number of seconds, more than 0 and at most {LongestSeconds}.");
        return 0;
    }

    private static long WholeNumber(ArgumentResult result, string name, long least, long most = long.MaxValue) =>
        WholeNumber(result, result.Tokens[0].Value, name, least, most);

    private static long WholeNumber(ArgumentResult result, string text, string name, long least, long most)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        var range = most == long.MaxValue ? $"{least} or more" : $"from {least} to {most}";
        result.AddError($"{name} takes a whole number, {range}, not '{text}'.");
        return 0;
    }
}
