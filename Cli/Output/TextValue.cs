using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Output;

/// <summary>Formats values for display.</summary>
internal static class TextValue
{
    /// <summary>Decodes a value as UTF-8 text; null when it is not valid UTF-8.</summary>
    public static string? Decode(ReadOnlySpan<byte> value) => Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : null;

    /// <summary>Whether a terminal shows the text unchanged. Control characters could move the cursor or change colours.</summary>
    public static bool IsSafeOnTerminal([NotNullWhen(true)] string? text) =>
        text is not null && !text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'));

    /// <summary>Formats a value on one line: the text, a JSON string when the text has several lines or control characters, or a description.</summary>
    public static string OneLine(RegisterEntry entry)
    {
        if (entry.Deleted)
            return "(deleted)";
        return Decode(entry.Value) switch
        {
            null => Describe(entry.Value),
            var text when text.Any(char.IsControl) => JsonSerializer.Serialize(text, WireJson.Relaxed.String),
            var text => text,
        };
    }

    public static string Describe(byte[] value) => $"(binary, {value.Length} bytes)";
}
