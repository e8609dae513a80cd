using Orleans.Paxos.Cli.Commands;

namespace Orleans.Paxos.Cli;

/// <summary>Builds the command line that retries a change, ready to paste into a shell.</summary>
internal static class ResendLine
{
    private const string EndOfOptions = "--";

    public static string Of(IReadOnlyList<string> arguments, Guid requestId, long floor)
    {
        var end = arguments.TakeWhile(argument => argument != EndOfOptions).Count();
        IEnumerable<string> words =
        [
            "paxos",
            .. WithoutResendOptions(arguments.Take(end)),
            ResendOptions.RequestIdName,
            requestId.ToString(),
            ResendOptions.FloorName,
            floor.ToString(),
            .. arguments.Skip(end),
        ];
        return string.Join(' ', words.Select(Quote));
    }

    private static IEnumerable<string> WithoutResendOptions(IEnumerable<string> arguments)
    {
        string[] options = [ResendOptions.RequestIdName, ResendOptions.FloorName];
        var isValue = false;
        foreach (var argument in arguments)
        {
            if (!isValue && !options.Contains(argument) && !options.Any(option => argument.StartsWith(option + "=", StringComparison.Ordinal)))
                yield return argument;
            isValue = !isValue && options.Contains(argument);
        }
    }

    /// <summary>Quotes a word for a POSIX shell when necessary.</summary>
    private static string Quote(string word) => word.Length > 0 && word.All(IsPlain)
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || "-_./:=@%+,".Contains(character);
}
