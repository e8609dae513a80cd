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
[JsonSerializable(typeof(SessionMessage))]
[JsonSerializable(typeof(SessionMessage[]))]
[JsonSerializable(typeof(SessionOpening))]
[JsonSerializable(typeof(HeldMessage))]
[JsonSerializable(typeof(LeaderMessage))]
[JsonSerializable(typeof(NoLeaderMessage))]
[JsonSerializable(typeof(ElectedMessage))]
[JsonSerializable(typeof(BackupPageMessage))]
[JsonSerializable(typeof(BackupRegister))]
[JsonSerializable(typeof(WatermarksReply))]
[JsonSerializable(typeof(ImmutableArray<BucketWatermark>))]
[JsonSerializable(typeof(AcceptorSetReport))]
[JsonSerializable(typeof(AcceptorChangeMessage))]
internal sealed partial class WireJson : JsonSerializerContext
{
    public static WireJson Relaxed { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>The data of the watch event <c>compacted</c>.</summary>
/// <param name="Name">The register; null in the watch of one register.</param>
/// <param name="CompactedThrough">The last version that was missed.</param>
internal sealed record Compacted(string? Name, long CompactedThrough)
{
    /// <exception cref="FormatException">It names no version.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static Compacted Of(string data) =>
        JsonSerializer.Deserialize(data, WireJson.Relaxed.Compacted) ?? throw new FormatException("no version");
}
