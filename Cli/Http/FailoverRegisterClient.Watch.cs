using System.Runtime.CompilerServices;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class FailoverRegisterClient
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = after;
        var stream = await TryOpenWatchAsync(name, seen, cancellationToken) ?? await ReopenWatchAsync(name, seen, cancellationToken);
        while (true)
        {
            await using (stream)
            {
                while (await stream.NextAsync() is { } batch)
                {
                    if (batch.Notice is WatchNotice.None or WatchNotice.Reset)
                        seen = WatchPoint.Of(batch);
                    yield return batch;
                }
            }

            _first = (_first + 1) % silos.Length;
            stream = await ReopenWatchAsync(name, seen, cancellationToken);
        }
    }

    /// <summary>The first connection. Addresses where nothing answers are most likely wrong ones; a silo in trouble will recover.</summary>
    private async Task<HttpWatchStream?> TryOpenWatchAsync(string name, WatchPoint after, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenWatchAsync(name, after, cancellationToken);
        }
        catch (Exception exception) when (exception is AnswerLostException or QuorumUnavailableException)
        {
            return null;
        }
    }

    private async Task<HttpWatchStream> ReopenWatchAsync(string name, WatchPoint after, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await Task.Delay(timing.ReconnectAfter, timing.Time, cancellationToken);
            try
            {
                return await OpenWatchAsync(name, after, cancellationToken);
            }
            catch (Exception exception) when (CannotAnswer(exception))
            {
                if (attempt == 1)
                    notice($"The watch is interrupted and goes on after version {after.Version} as soon as it can. {exception.Message}");
            }
        }
    }

    private Task<HttpWatchStream> OpenWatchAsync(string name, WatchPoint after, CancellationToken cancellationToken) =>
        AskAsync(silo => silo.OpenWatchAsync(name, after, cancellationToken));
}
