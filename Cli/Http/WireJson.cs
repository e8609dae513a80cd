using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Cli.Http;

/// <summary>The JSON that this program reads and writes, with non-ASCII text unescaped to keep it readable.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(Envelope[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(Compacted))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class WireJson : JsonSerializerContext
{
    public static WireJson Relaxed { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>The data of the watch event <c>compacted</c>.</summary>
internal sealed record Compacted(long CompactedThrough);
