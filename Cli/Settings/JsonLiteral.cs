using System.Text.Json;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>A text that is a JSON literal and stands for itself.</summary>
internal static class JsonLiteral
{
    /// <summary>The element, when the text is <c>true</c>, <c>false</c> or a number, and nothing else: no space around it.</summary>
    public static JsonElement? Parse(string text)
    {
        if (!CanBeLiteral(text))
            return null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool CanBeLiteral(string text) =>
        text is "true" or "false" || (text.Length > 0 && (text[0] == '-' || char.IsAsciiDigit(text[0])) && char.IsAsciiDigit(text[^1]));
}
