using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Watches one register.</summary>
/// <param name="name">The register.</param>
/// <param name="after">What was seen last.</param>
internal sealed class RegisterHttpWatch(string name, WatchPoint after) : HttpWatch<WatchBatch>
{
    private WatchPoint _seen = after;

    /// <inheritdoc/>
    public override string Position => $"after version {_seen.Version}";

    /// <inheritdoc/>
    public override Uri At(RegisterAddress address) => address.Watch(name, _seen);

    /// <inheritdoc/>
    public override WatchBatch Read(SseItem<string> item)
    {
        var batch = item.EventType switch
        {
            "compacted" => new([], Compacted.Of(item.Data).CompactedThrough),
            "reset" => new([], 0, WatchNotice.Reset),
            "unavailable" => new([], 0, WatchNotice.Unavailable),
            "available" => new([], 0, WatchNotice.Available),
            _ => Version(item.Data),
        };
        if (batch.Notice is WatchNotice.None or WatchNotice.Reset)
            _seen = WatchPoint.Of(batch);
        return batch;
    }

    private WatchBatch Version(string data) =>
        new([JsonSerializer.Deserialize(data, WireJson.Relaxed.Envelope)?.ToEntryOf(name) ?? throw new FormatException("no version")], 0);
}
