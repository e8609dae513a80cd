using System.Text.Json;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Server-sent events: one a version, with the envelope as data and the version as id; an event <c>compacted</c> where
/// versions were missed, <c>reset</c> where they begin anew, <c>unavailable</c> and <c>available</c> when no majority answers and when one does
/// again; a comment when there was nothing to say for a while.
/// </summary>
/// <param name="response">The response.</param>
/// <param name="name">The register's name.</param>
/// <param name="heartbeat">How long the stream may be silent.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class WatchStream(HttpResponse response, string name, TimeSpan heartbeat, TimeProvider timeProvider)
{
    private const string NothingNew = ": nothing new\n\n";
    private const string NotKnown = ": unavailable\n\n";

    private string _comment = NothingNew;

    /// <summary>Writes every batch until there are no more.</summary>
    /// <param name="batches">The versions.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task WriteAsync(IAsyncEnumerable<WatchBatch> batches, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store, no-transform"; // a proxy that compresses holds events back
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.FlushAsync(cancellationToken);

        await using var enumerator = batches.GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(enumerator, cancellationToken))
        {
            _comment = enumerator.Current.Notice == WatchNotice.Unavailable ? NotKnown : NothingNew;
            await SendAsync(Events(enumerator.Current), cancellationToken);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<WatchBatch> enumerator, CancellationToken cancellationToken)
    {
        var next = enumerator.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(heartbeat, timeProvider, waited.Token);
            if (await Task.WhenAny(next, pause) == pause && !cancellationToken.IsCancellationRequested)
                await SendAsync(_comment, cancellationToken);
            await waited.CancelAsync();
            if (cancellationToken.IsCancellationRequested)
                break;
        }

        return await next;
    }

    private string Events(WatchBatch batch)
    {
        var events = new System.Text.StringBuilder(Notice(batch.Notice));
        if (batch.CompactedThrough > 0)
            events.Append($"event: compacted\nid: {batch.CompactedThrough}\ndata: {{\"compactedThrough\":{batch.CompactedThrough}}}\n\n");
        foreach (var entry in batch.Entries)
            events.Append($"id: {entry.Version}\ndata: {JsonSerializer.Serialize(Envelope.Of(name, entry), Answers.Json)}\n\n");
        return events.ToString();
    }

    /// <summary>After <c>reset</c> a reader that connects again begins anew, too: the id is 0.</summary>
    private static string Notice(WatchNotice notice) => notice switch
    {
        WatchNotice.Reset => "event: reset\nid: 0\ndata: {\"detail\":\"The register does not have the version seen last. The versions begin anew.\"}\n\n",
        WatchNotice.Unavailable => "event: unavailable\ndata: {\"detail\":\"No majority of acceptors answers, so it is not known whether there is something new. The watch goes on when one does.\"}\n\n",
        WatchNotice.Available => "event: available\ndata: {\"detail\":\"A majority of acceptors answers again. There was nothing new.\"}\n\n",
        _ => "",
    };

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
