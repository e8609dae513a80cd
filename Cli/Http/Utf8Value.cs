using System.Text;
using System.Text.Unicode;

namespace Orleans.Paxos.Cli.Http;

/// <summary>A value that is text.</summary>
internal static class Utf8Value
{
    /// <summary>The text that the bytes are in UTF-8; null when they are not.</summary>
    public static string? Decode(ReadOnlySpan<byte> value) => Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : null;
}
