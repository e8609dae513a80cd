namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Sends answers in slices and drops a reader who does not take one in time. The server's own least rate does not see a reader who was
/// fast for an hour and then stops: it counts what was sent from the beginning.
/// </summary>
/// <param name="options">How long a reader may take for a slice.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SlowReaders(HttpOptions options, TimeProvider time, HttpMetrics metrics, ILogger<SlowReaders> logger)
{
    private const int SliceBytes = 16 * 1024;

    /// <summary>Sends bytes to the reader of a request. If it drops the reader, the request is aborted when this ends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bytes">What to send.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        do
        {
            var slice = bytes[..Math.Min(bytes.Length, SliceBytes)];
            bytes = bytes[slice.Length..];
            var sent = context.Response.BodyWriter.WriteAsync(slice, cancellationToken);
            if (sent.IsCompleted)
            {
                await sent;
            }
            else if (!await IsTakenAsync(sent.AsTask(), cancellationToken))
            {
                Drop(context);
                return;
            }
        }
        while (!bytes.IsEmpty);
    }

    private async Task<bool> IsTakenAsync(Task sent, CancellationToken cancellationToken)
    {
        try
        {
            await sent.WaitAsync(options.ReaderPatience, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Drop(HttpContext context)
    {
        metrics.Dropped();
        LogDropped(context.Request.Path, options.ReaderPatience.TotalSeconds);
        context.Abort();
    }

    [LoggerMessage(LogLevel.Information, "The reader of {Path} took nothing for {Seconds} s and was dropped. It can ask again, and a watch goes on after the last id it has seen.")]
    private partial void LogDropped(string path, double seconds);
}
