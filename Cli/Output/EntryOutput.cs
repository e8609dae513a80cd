using System.Text.Json;
using Orleans.Paxos.Cli.Commands;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints entries.</summary>
internal static class EntryOutput
{
    public static string Json(string name, RegisterEntry entry) => Json(Envelope.From(name, entry));

    /// <summary>One line that a program can cut at its tabs: version, time, request id, value.</summary>
    public static string Row(RegisterEntry entry) =>
        string.Join('\t', entry.Version, Time(entry), entry.RequestId, TextValue.OneLine(entry));

    public static string Time(RegisterEntry entry) => entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>
    /// Prints a value: into a pipe its bytes and nothing else; on a terminal its text and a new line, or a description of
    /// what a terminal cannot show.
    /// </summary>
    public static async Task WriteValueAsync(CliConsole console, RegisterEntry entry, bool raw, CancellationToken cancellationToken)
    {
        if (raw || !console.Traits.OutputIsTerminal)
        {
            await console.WriteRawAsync(entry.Value, cancellationToken);
            return;
        }

        var text = TextValue.Decode(entry.Value);
        if (TextValue.IsSafeOnTerminal(text))
            await console.Out.WriteLineAsync(text.AsMemory(), cancellationToken);
        else
            await console.Out.WriteLineAsync($"{TextValue.Describe(entry.Value)} Give --raw or a pipe to have them as they are.");
    }

    /// <summary>Says what a change wrote, now or when it was sent before; then the history may have lost the entry.</summary>
    public static Task WriteWrittenAsync(CommandContext context, string name, long version, RegisterEntry? entry) =>
        context.Console.Out.WriteLineAsync(context.Json ? Json(entry is null ? Envelope.OfLeft(name, version) : Envelope.From(name, entry)) : $"version {version}");

    /// <summary>Says why a change was refused: the sentence on standard error, the current entry, as JSON, on standard output.</summary>
    public static async Task WriteRefusedAsync(CommandContext context, string name, RegisterEntry? current, string sentence)
    {
        if (context.Json && current is not null)
            await context.Console.Out.WriteLineAsync(Json(name, current));
        context.Console.Notice(sentence);
    }

    /// <summary>Where a register stands, in words.</summary>
    public static string Standing(string name, RegisterEntry? entry) => entry switch
    {
        null => $"'{name}' was never written",
        { Deleted: true } => $"'{name}' was deleted by version {entry.Version}",
        _ => $"'{name}' is at version {entry.Version}",
    };

    private static string Json(Envelope envelope) => JsonSerializer.Serialize(envelope, WireJson.Relaxed.Envelope);
}
