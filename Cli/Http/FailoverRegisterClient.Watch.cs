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
        var asked = timing.Time.GetTimestamp();
        var stream = await TryOpenWatchAsync(watch, cancellationToken);
        while (true)
        {
            stream ??= await ReopenWatchAsync(watch, asked, cancellationToken);
            asked = timing.Time.GetTimestamp();
            await using (stream)
            {
                while (await stream.NextAsync() is { } batch)
                    yield return batch;
                PassOver(stream.Server);
                if (stream.IsServerSilent)
                    notice($"{stream.Server} no longer answers. The watch goes on {watch.Position} at the next address.");
            }

            stream = null;
        }
    }

    /// <summary>Begins elsewhere next time.</summary>
    private void PassOver(Uri server)
    {
        var first = _first;
        if (silos[first].Server == server)
            _first = (first + 1) % silos.Length;
    }

    /// <summary>The first connection. Addresses where nothing answers are most likely wrong ones; a silo in trouble will recover.</summary>
    private async Task<HttpWatchStream<T>?> TryOpenWatchAsync<T>(HttpWatch<T> watch, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await OpenWatchAsync(watch, failed: 0, cancellationToken);
        }
        catch (Exception exception) when (exception is AnswerLostException or QuorumUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Opens the next connection, at once if the last one was opened long ago.</summary>
    private async Task<HttpWatchStream<T>> ReopenWatchAsync<T>(HttpWatch<T> watch, long openedLast, CancellationToken cancellationToken)
        where T : class
    {
        var pause = timing.ReconnectAfter - timing.Time.GetElapsedTime(openedLast);
        for (var failed = 0; ; failed++)
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, timing.Time, cancellationToken);
            try
            {
                return await OpenWatchAsync(watch, failed, cancellationToken);
            }
            catch (Exception exception) when (CannotAnswer(exception))
            {
                pause = timing.ReconnectAfter;
                if (failed == 0)
                    notice($"The watch is interrupted and goes on {watch.Position} as soon as it can. {exception.Message}");
            }
        }
    }

    private Task<HttpWatchStream<T>> OpenWatchAsync<T>(HttpWatch<T> watch, int failed, CancellationToken cancellationToken)
        where T : class =>
        AskAsync(silo => silo.OpenWatchAsync(watch, timing.Opening(silos.Length, failed), cancellationToken));
}
