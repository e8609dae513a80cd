namespace Orleans.Paxos.Silo.Http;

/// <summary>Sends the events of one watch, and a comment when there was nothing to say for a while.</summary>
/// <param name="context">The request.</param>
/// <param name="watches">What comes next.</param>
/// <param name="readers">Sends to readers.</param>
/// <param name="budgets">The memory for answers.</param>
/// <param name="heartbeat">How long the stream may be silent.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchStream(
    HttpContext context, SharedWatches watches, SlowReaders readers, AnswerBudgets budgets, TimeSpan heartbeat, TimeProvider time)
{
    /// <summary>Events of fewer bytes were all that there was.</summary>
    private const int LargeBytes = 64 * 1024;

    private static readonly ReadOnlyMemory<byte> NothingNew = ": nothing new\n\n"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> NotKnown = ": unavailable\n\n"u8.ToArray();

    private bool _isUnavailable;

    /// <summary>Sends the answer to a question, and to each that follows.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task WriteAsync(IWatchQuestion question, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store, no-transform"; // a proxy that compresses holds events back
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.FlushAsync(cancellationToken);

        var isUpToDate = false;
        while (true)
        {
            using var step = watches.Join(question, isUpToDate);
            var events = await NextAsync(step, cancellationToken);
            await SendAsync(events.Bytes, cancellationToken);
            question = events.Next;
            isUpToDate = events.Bytes.Length < LargeBytes;
        }
    }

    /// <summary>Few bytes go straight into the buffer of the connection; for more there must be room.</summary>
    private async Task SendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken)
    {
        using var room = events.Length <= ServerLimits.UnreadAnswerBytes ? null : await budgets.EventConnections.TakeInTurnAsync(AnswerBudgets.BytesOfAConnection, cancellationToken);
        await readers.SendAsync(context, events, cancellationToken);
    }

    /// <summary>Waits for the next versions, and tells meanwhile whether a majority answers.</summary>
    private async Task<WatchEvents> NextAsync(SharedWatches.Step step, CancellationToken cancellationToken)
    {
        while (true)
        {
            var told = step.Told;
            if (_isUnavailable != step.IsUnavailable && !step.Events.IsCompleted)
            {
                _isUnavailable = !_isUnavailable;
                await readers.SendAsync(context, _isUnavailable ? WatchEvents.Unavailable : WatchEvents.Available, cancellationToken);
                continue;
            }

            Task isNew = Task.WhenAny(step.Events, told);
            await isNew.WaitAsync(heartbeat, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (step.Events.IsCompleted)
            {
                _isUnavailable = false;
                return await step.Events;
            }

            if (!isNew.IsCompleted)
                await readers.SendAsync(context, _isUnavailable ? NotKnown : NothingNew, cancellationToken);
        }
    }
}
