using System.CommandLine;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Commands;

/// <summary>Shows which registers would be deleted, and asks: a person at a terminal, or else the command line.</summary>
internal sealed class DeletionConsent
{
    private const int MostShown = 100;

    private readonly Option<bool> _yes = new("--yes") { Description = "Delete without asking; a script needs it" };

    public void AddTo(Command command) => command.Options.Add(_yes);

    /// <returns>Whether they may be deleted.</returns>
    /// <exception cref="UsageException">Nobody can be asked.</exception>
    public async Task<bool> IsGivenAsync(CommandContext context, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        if (names.IsEmpty || context.Get(_yes))
            return true;
        var count = names.Length == 1 ? "1 register" : $"{names.Length} registers";
        var console = context.Console;
        if (!console.Traits.InputIsTerminal || !console.Traits.ErrorIsTerminal)
            throw new UsageException($"This deletes {count}, and there is no terminal to ask at. Nothing was written.", $"See which with --dry-run, then give {_yes.Name}.");

        Show(console, names);
        await console.Error.WriteAsync($"Delete {count}? [y/N] ");
        if (await AnswerAsync(console, cancellationToken) is "y" or "yes")
            return true;
        console.Notice("Nothing was written.");
        return false;
    }

    private static void Show(CliConsole console, ImmutableArray<string> names)
    {
        foreach (var name in names.Take(MostShown))
            console.Error.WriteLine($"  {name}");
        if (names.Length > MostShown)
            console.Error.WriteLine($"  and {names.Length - MostShown} more: --dry-run prints all");
    }

    private static async Task<string?> AnswerAsync(CliConsole console, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(console.Input, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
        return line?.Trim().ToLowerInvariant();
    }
}
