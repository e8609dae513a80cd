using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Versions as server-sent events: one a version, with the envelope as data and the version as id; an event <c>compacted</c> where
/// versions were missed.
/// </summary>
/// <param name="Bytes">The events as they are sent.</param>
/// <param name="Through">The last version that they account for.</param>
internal sealed record WatchEvents(ReadOnlyMemory<byte> Bytes, long Through)
{
    /// <summary>Writes a batch as events.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="batch">The batch, which brings something new.</param>
    public static WatchEvents Of(string name, WatchBatch batch)
    {
        var events = new ArrayBufferWriter<byte>();
        var compacted = batch.CompactedThrough;
        if (compacted > 0)
            Write(events, $"event: compacted\nid: {compacted}\ndata: {{\"compactedThrough\":{compacted}}}\n\n");
        foreach (var entry in batch.Entries)
        {
            Write(events, $"id: {entry.Version}\ndata: ");
            events.Write(JsonSerializer.SerializeToUtf8Bytes(Envelope.Of(name, entry), Answers.Json));
            Write(events, "\n\n");
        }

        return new WatchEvents(events.WrittenMemory, batch.Entries.IsEmpty ? compacted : batch.Entries[^1].Version);
    }

    private static void Write(ArrayBufferWriter<byte> events, string text) => Encoding.UTF8.GetBytes(text, events);
}
