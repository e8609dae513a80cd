using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Formats values for display.</summary>
internal static class TextValue
{
    /// <summary>Whether a terminal shows the text as it is: control characters could move its cursor or change its colours.</summary>
    public static bool IsSafeOnTerminal([NotNullWhen(true)] string? text) =>
        text is not null && !text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'));

    /// <summary>Formats a value on one line: the text, a JSON string when the text has several lines or control characters, or a description.</summary>
    public static string OneLine(RegisterEntry entry)
    {
        return entry.Deleted ? "(deleted)" : OneLine(entry.Value);
    }

    /// <summary>Formats the bytes of a value on one line.</summary>
    public static string OneLine(byte[] value) => Utf8Value.Decode(value) is { } text ? OneLine(text) : Describe(value);

    /// <summary>Formats a text on one line.</summary>
    public static string OneLine(string text) => text.Any(char.IsControl) ? JsonSerializer.Serialize(text, WireJson.Relaxed.String) : text;

    public static string Describe(byte[] value) => $"(binary, {value.Length} bytes)";
}
