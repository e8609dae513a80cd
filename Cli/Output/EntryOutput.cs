using System.Text.Json;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Prints entries.</summary>
internal static class EntryOutput
{
    public static string Json(string name, RegisterEntry entry) => Json(Envelope.From(name, entry));

    /// <summary>Formats one line with tab-separated fields for programs: version, time, request id, value.</summary>
    public static string Row(RegisterEntry entry) =>
        string.Join('\t', entry.Version, Time(entry), entry.RequestId, TextValue.OneLine(entry));

    public static string Time(RegisterEntry entry) => entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>
    /// Prints a value. A pipe receives its bytes and nothing else; a terminal receives its text and a new line, or a
    /// description of a value that a terminal cannot show.
    /// </summary>
    public static async Task WriteValueAsync(CliConsole console, RegisterEntry entry, bool raw, CancellationToken cancellationToken)
    {
        if (raw || !console.Traits.OutputIsTerminal)
        {
            await console.WriteRawAsync(entry.Value, cancellationToken);
            return;
        }

        var text = Utf8Value.Decode(entry.Value);
        if (TextValue.IsSafeOnTerminal(text))
            await console.Out.WriteLineAsync(text.AsMemory(), cancellationToken);
        else
            await console.Out.WriteLineAsync($"{TextValue.Describe(entry.Value)} Give --raw or a pipe to have them as they are.");
    }

    /// <summary>Describes the state of a register in words.</summary>
    public static string Standing(string name, RegisterEntry? entry) => entry switch
    {
        null => $"'{name}' was never written, or was deleted and forgotten",
        { Deleted: true } => $"'{name}' was deleted by version {entry.Version}",
        _ => $"'{name}' is at version {entry.Version}",
    };

    public static string Json(Envelope envelope) => JsonSerializer.Serialize(envelope, WireJson.Relaxed.Envelope);
}
