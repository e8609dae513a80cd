using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Orleans.Paxos.Cli.Commands;

/// <summary><c>--fence LOCK:TOKEN</c>: the fence of a lock that the caller holds.</summary>
internal static class FenceOption
{
    public const string Name = "--fence";

    private const char Separator = ':';

    public static Option<Fence?> Create() => new(Name)
    {
        Description = "Write only if no later holder of the lock has written; the last colon separates its name and token",
        HelpName = "lock:token",
        CustomParser = Read,
    };

    private static Fence? Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var end = text.LastIndexOf(Separator);
        if (end < 0 || !long.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var token) || token < 1)
        {
            result.AddError($"{Name} takes the name of a lock, a colon and a token of 1 or more, such as jobs/nightly:17, not '{text}'.");
            return null;
        }

        if (RegisterName.Problem(text[..end]) is not { } problem)
            return new Fence(text[..end], token);
        result.AddError($"{Name}: {problem}");
        return null;
    }
}
