using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>Creates options that take a number in a range. Their help and their errors name the range.</summary>
internal static class NumberOption
{
    /// <summary>Creates an option with a default.</summary>
    public static Option<T> Create<T>(string name, string description, T fallback, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = $"{description} ({Range(least, most)})",
            HelpName = "N",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Read(result, name, least, most) ?? fallback,
        };

    /// <summary>Creates an option whose default depends on other options, which the description names.</summary>
    public static Option<T?> CreateOptional<T>(string name, string description, T least, T most)
        where T : struct, INumber<T> => new(name)
        {
            Description = $"{description} ({Range(least, most)})",
            HelpName = "N",
            CustomParser = result => Read(result, name, least, most),
        };

    private static T? Read<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T> => result.Read<T?>(
            text => T.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null,
            $"{name} takes a number from {Range(least, most)}");

    private static string Range<T>(T least, T most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");
}
