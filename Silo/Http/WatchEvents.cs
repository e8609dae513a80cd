using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Versions as server-sent events: one for each version, with the envelope as data and the <see cref="WatchPoint"/> as id; an event <c>compacted</c> where
/// versions were missed, and <c>reset</c> where they begin anew.
/// </summary>
/// <param name="Bytes">The events as they are sent.</param>
/// <param name="Through">How far a reader of them has seen.</param>
internal sealed record WatchEvents(ReadOnlyMemory<byte> Bytes, WatchPoint Through)
{
    /// <summary>The event <c>unavailable</c>.</summary>
    public static readonly ReadOnlyMemory<byte> Unavailable = "event: unavailable\ndata: {\"detail\":\"No majority of acceptors answers, so it is not known whether there is something new. The watch goes on when one does.\"}\n\n"u8.ToArray();

    /// <summary>The event <c>available</c>.</summary>
    public static readonly ReadOnlyMemory<byte> Available = "event: available\ndata: {\"detail\":\"A majority of acceptors answers again. There was nothing new.\"}\n\n"u8.ToArray();

    /// <summary>A reader that connects again after it begins anew, too: its id is 0.</summary>
    private const string Reset = "event: reset\nid: 0\ndata: {\"detail\":\"The register does not have the version seen last. The versions begin anew.\"}\n\n";

    /// <summary>Writes a batch as events.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="batch">The batch, which brings something new.</param>
    public static WatchEvents Of(string name, WatchBatch batch)
    {
        var events = new ArrayBufferWriter<byte>();
        if (batch.Notice == WatchNotice.Reset)
            Write(events, Reset);
        var compacted = batch.CompactedThrough;
        if (compacted > 0)
            Write(events, $"event: compacted\nid: {compacted}\ndata: {{\"compactedThrough\":{compacted}}}\n\n");
        foreach (var entry in batch.Entries)
        {
            Write(events, $"id: {WatchPoint.Of(entry)}\ndata: ");
            events.Write(JsonSerializer.SerializeToUtf8Bytes(Envelope.Of(name, entry), Answers.Json));
            Write(events, "\n\n");
        }

        return new WatchEvents(events.WrittenMemory, WatchPoint.Of(batch));
    }

    private static void Write(ArrayBufferWriter<byte> events, string text) => Encoding.UTF8.GetBytes(text, events);
}
