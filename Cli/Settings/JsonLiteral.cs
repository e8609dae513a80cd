using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Cli;

/// <summary>Tells whether a text is a JSON literal that stands for itself.</summary>
internal static class JsonLiteral
{
    /// <summary>Whether it is <c>true</c>, <c>false</c> or a number, and nothing else: no space around it.</summary>
    public static bool Is(string text) => text is "true" or "false" || IsNumber(text);

    private static bool IsNumber(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] == '-') || !char.IsAsciiDigit(text[^1]))
            return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
