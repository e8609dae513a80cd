using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Asks for what is new below a prefix.</summary>
/// <param name="Prefix">What the names start with.</param>
/// <param name="Cursor">The cursor of what was seen last; empty to begin.</param>
internal sealed record PrefixQuestion(string Prefix, string Cursor) : IWatchQuestion
{
    private static readonly object Resync = new { Detail = "The current entries follow, up to the event listed. What was seen before no longer counts: a register that is not among them has no value." };
    private static readonly object Listed = new { Detail = "These were all current entries. Changes follow." };

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchAnswer> AskAsync(IRegisterClient registers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in registers.WatchPrefixAsync(Prefix, Cursor, cancellationToken))
            yield return new WatchAnswer(batch.Notice, batch.Notice == WatchNotice.Unavailable ? null : Events(batch));
    }

    /// <summary>
    /// One event for each version, with the envelope as data; <c>compacted</c> where versions of a register were missed; <c>resync</c> before
    /// the current entries and <c>listed</c> after them. The last one has the cursor as its id: who has not got all goes on before them.
    /// </summary>
    private WatchEvents Events(PrefixBatch batch)
    {
        var events = EventsOf(batch).ToList();
        var writer = new EventWriter();
        for (var index = 0; index < events.Count; index++)
            writer.WriteEvent(events[index].Type, index == events.Count - 1 ? batch.Cursor : null, events[index].Data);
        if (events.Count == 0)
            writer.WriteId(batch.Cursor);
        return new WatchEvents(writer.Written, this with { Cursor = batch.Cursor });
    }

    private static IEnumerable<(string? Type, object Data)> EventsOf(PrefixBatch batch)
    {
        if (batch.Begins)
            yield return ("resync", Resync);
        foreach (var (name, versions) in batch.Events)
        {
            if (versions.CompactedThrough > 0)
                yield return ("compacted", new { Name = name, versions.CompactedThrough });
            foreach (var entry in versions.Entries)
                yield return (null, Envelope.Of(name, entry));
        }

        if (batch.Listed)
            yield return ("listed", Listed);
    }
}
