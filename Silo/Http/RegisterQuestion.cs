using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Asks for the versions of a register that follow one.</summary>
/// <param name="Name">The register's name.</param>
/// <param name="After">What was seen last.</param>
internal sealed record RegisterQuestion(string Name, WatchPoint After) : IWatchQuestion
{
    /// <summary>A reader that connects again after it begins anew, too: its id is 0.</summary>
    private static readonly object Reset = new { Detail = "The register does not have the version seen last. The versions begin anew." };

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchAnswer> AskAsync(IRegisterClient registers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in registers.WatchAsync(Name, After, cancellationToken))
            yield return new WatchAnswer(batch.Notice, batch.Notice is WatchNotice.Unavailable or WatchNotice.Available ? null : Events(batch));
    }

    /// <summary>
    /// One event for each version, with the envelope as data and the <see cref="WatchPoint"/> as id; an event <c>compacted</c> where versions
    /// were missed, and <c>reset</c> where they begin anew.
    /// </summary>
    private WatchEvents Events(WatchBatch batch)
    {
        var events = new EventWriter();
        if (batch.Notice == WatchNotice.Reset)
            events.WriteEvent("reset", "0", Reset);
        if (batch.CompactedThrough > 0)
            events.WriteEvent("compacted", $"{batch.CompactedThrough}", new { batch.CompactedThrough });
        foreach (var entry in batch.Entries)
            events.WriteEvent(type: null, WatchPoint.Of(entry).ToString(), Envelope.Of(Name, entry));
        return new WatchEvents(events.Written, new RegisterQuestion(Name, WatchPoint.Of(batch)));
    }
}
