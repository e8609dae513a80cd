using System.Text.Json;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>Recognizes text that is a JSON literal.</summary>
internal static class JsonLiteral
{
    /// <summary>Gets the element when the text is exactly <c>true</c>, <c>false</c> or a number, without spaces around it; otherwise null.</summary>
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
