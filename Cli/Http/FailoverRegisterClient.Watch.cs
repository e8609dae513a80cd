using System.Runtime.CompilerServices;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class FailoverRegisterClient
{
    /// <inheritdoc/>
    public IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after, CancellationToken cancellationToken) =>
        FollowAsync(new RegisterHttpWatch(name, after), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix, string cursor, CancellationToken cancellationToken) =>
        FollowAsync(new PrefixHttpWatch(prefix, cursor), cancellationToken);

    private async IAsyncEnumerable<T> FollowAsync<T>(HttpWatch<T> watch, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var stream = await TryOpenWatchAsync(watch, cancellationToken) ?? await ReopenWatchAsync(watch, cancellationToken);
        while (true)
        {
            await using (stream)
            {
                while (await stream.NextAsync() is { } batch)
                    yield return batch;
            }

            _first = (_first + 1) % silos.Length;
            stream = await ReopenWatchAsync(watch, cancellationToken);
        }
    }

    /// <summary>The first connection. Addresses where nothing answers are most likely wrong ones; a silo in trouble will recover.</summary>
    private async Task<HttpWatchStream<T>?> TryOpenWatchAsync<T>(HttpWatch<T> watch, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await OpenWatchAsync(watch, cancellationToken);
        }
        catch (Exception exception) when (exception is AnswerLostException or QuorumUnavailableException)
        {
            return null;
        }
    }

    private async Task<HttpWatchStream<T>> ReopenWatchAsync<T>(HttpWatch<T> watch, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            await Task.Delay(timing.ReconnectAfter, timing.Time, cancellationToken);
            try
            {
                return await OpenWatchAsync(watch, cancellationToken);
            }
            catch (Exception exception) when (CannotAnswer(exception))
            {
                if (attempt == 1)
                    notice($"The watch is interrupted and goes on {watch.Position} as soon as it can. {exception.Message}");
            }
        }
    }

    private Task<HttpWatchStream<T>> OpenWatchAsync<T>(HttpWatch<T> watch, CancellationToken cancellationToken)
        where T : class =>
        AskAsync(silo => silo.OpenWatchAsync(watch, cancellationToken));
}
