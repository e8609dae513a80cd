using System.Text.Json;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Server-sent events: one a version, with the envelope as data and the version as id; an event <c>compacted</c> where
/// versions were missed; a comment when there was nothing to say for a while.
/// </summary>
/// <param name="response">Where they go.</param>
/// <param name="name">The register's name.</param>
/// <param name="heartbeat">How long the stream may be silent.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class WatchStream(HttpResponse response, string name, TimeSpan heartbeat, TimeProvider timeProvider)
{
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
            await SendAsync(Events(enumerator.Current), cancellationToken);
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<WatchBatch> enumerator, CancellationToken cancellationToken)
    {
        var next = enumerator.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(heartbeat, timeProvider, waited.Token);
            if (await Task.WhenAny(next, pause) == pause && !cancellationToken.IsCancellationRequested)
                await SendAsync(": nothing new\n\n", cancellationToken);
            await waited.CancelAsync();
            if (cancellationToken.IsCancellationRequested)
                break;
        }

        return await next;
    }

    private string Events(WatchBatch batch)
    {
        var events = new System.Text.StringBuilder();
        if (batch.CompactedThrough > 0)
            events.Append($"event: compacted\nid: {batch.CompactedThrough}\ndata: {{\"compactedThrough\":{batch.CompactedThrough}}}\n\n");
        foreach (var entry in batch.Entries)
            events.Append($"id: {entry.Version}\ndata: {JsonSerializer.Serialize(Envelope.Of(name, entry), Answers.Json)}\n\n");
        return events.ToString();
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
