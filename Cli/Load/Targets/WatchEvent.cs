using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Cli.Load.Targets;

/// <summary>A version that a watch over HTTP delivered.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Value">Its value.</param>
internal sealed record WatchEvent(string Name, long Version, byte[] Value)
{
    private const string VersionEvent = "message";

    /// <summary>Parses an event; null for an event without a version.</summary>
    public static WatchEvent? Parse(string type, ReadOnlySpan<byte> data)
    {
        if (type != VersionEvent)
            return null;
        var reader = new Utf8JsonReader(data);
        using var envelope = JsonDocument.ParseValue(ref reader);
        var root = envelope.RootElement;
        var value = root.GetProperty("value").GetString();
        return new WatchEvent(root.GetProperty("name").GetString()!, root.GetProperty("version").GetInt64(), Bytes(value, root.GetProperty("encoding").GetString()));
    }

    private static byte[] Bytes(string? value, string? encoding) => (value, encoding) switch
    {
        (null, _) => [],
        (_, "base64") => Convert.FromBase64String(value),
        _ => Encoding.UTF8.GetBytes(value),
    };
}
