using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Orleans.Paxos.Cli.Http;

/// <summary>Watches all registers below a prefix.</summary>
/// <param name="prefix">The prefix.</param>
/// <param name="cursor">The cursor of what was seen last; empty to begin.</param>
internal sealed class PrefixHttpWatch(string prefix, string cursor) : HttpWatch<PrefixBatch>
{
    private readonly SeenVersions _seen = new();
    private string _cursor = cursor;

    /// <inheritdoc/>
    public override string Position => "where it was";

    /// <inheritdoc/>
    public override Uri At(RegisterAddress address) => address.WatchPrefix(prefix, _cursor);

    /// <inheritdoc/>
    public override PrefixBatch Read(SseItem<string> item) => _seen.Unseen(item.EventType switch
    {
        "resync" => new PrefixBatch([], _cursor, Begins: true),
        "listed" => new PrefixBatch([], _cursor, Listed: true),
        "unavailable" => new PrefixBatch([], _cursor, Notice: WatchNotice.Unavailable),
        "available" => new PrefixBatch([], _cursor, Notice: WatchNotice.Available),
        "compacted" => Of(Compacted.Of(item.Data)),
        _ => Of(JsonSerializer.Deserialize(item.Data, WireJson.Relaxed.Envelope)),
    });

    /// <inheritdoc/>
    public override void Saw(string id) => _cursor = id;

    private PrefixBatch Of(Compacted compacted) =>
        Of(compacted.Name ?? throw new FormatException("no name"), new WatchBatch([], compacted.CompactedThrough));

    private PrefixBatch Of(Envelope? envelope) => envelope is { Name: { } name } && envelope.ToEntryOf(name) is { } entry
        ? Of(name, new WatchBatch([entry], 0))
        : throw new FormatException("no version");

    private PrefixBatch Of(string name, WatchBatch versions) => new([new PrefixEvent(name, versions)], _cursor);
}
