using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Follows an election. Each connection begins with whoever leads.</summary>
/// <param name="name">The election.</param>
internal sealed class LeaderHttpWatch(string name) : HttpWatch<LeaderEvent>
{
    /// <inheritdoc/>
    public override string Position => "with whoever leads then";

    /// <inheritdoc/>
    public override Uri At(RegisterAddress address) => address.Election(name, "?watch=true");

    /// <inheritdoc/>
    public override LeaderEvent Read(SseItem<string> item) => item.EventType switch
    {
        "no-leader" => new LeaderEvent(null, WatchNotice.None),
        "unavailable" => new LeaderEvent(null, WatchNotice.Unavailable),
        "available" => new LeaderEvent(null, WatchNotice.Available),
        _ => new LeaderEvent(JsonSerializer.Deserialize(item.Data, WireJson.Relaxed.LeaderMessage) ?? throw new FormatException("no leader"), WatchNotice.None),
    };
}

/// <summary>What came of an election.</summary>
/// <param name="Leader">Who leads; null if nobody does.</param>
/// <param name="Notice">Whether a majority answers; then there is no news of the leader.</param>
internal sealed record LeaderEvent(LeaderMessage? Leader, WatchNotice Notice);
