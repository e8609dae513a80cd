using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Orleans.Paxos.Cli.Connections;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchBatch> WatchAsync(string name, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
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
                        seen = batch.Entries.IsEmpty ? batch.CompactedThrough : batch.Entries[^1].Version;
                    yield return batch;
                }
            }

            stream = await ReopenWatchAsync(name, seen, cancellationToken);
        }
    }

    /// <summary>The first connection. An address where nothing answers is most likely a wrong one; a silo in trouble will recover.</summary>
    private async Task<HttpWatchStream?> TryOpenWatchAsync(string name, long after, CancellationToken cancellationToken)
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

    private async Task<HttpWatchStream> ReopenWatchAsync(string name, long after, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await Task.Delay(timing.ReconnectAfter, timing.Time, cancellationToken);
            try
            {
                return await OpenWatchAsync(name, after, cancellationToken);
            }
            catch (Exception exception) when (exception is NoAnswerException or AnswerLostException or QuorumUnavailableException)
            {
                if (attempt == 1)
                    notice($"The watch is interrupted and goes on after version {after} as soon as it can. {exception.Message}");
            }
        }
    }

    private async Task<HttpWatchStream> OpenWatchAsync(string name, long after, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.Watch(name, after));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(HttpWatchStream.MediaType));
        var response = await PatientlyAsync(ends => SendAsync(request, ends), cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == HttpWatchStream.MediaType)
        {
            var body = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken), timing.Time, timing.LongestSilence);
            return new HttpWatchStream(address.Server, response, body, cancellationToken);
        }

        using (response)
            throw HttpProblems.ToException(await PatientlyAsync(ends => ReadAsync(response, ends), cancellationToken));
    }
}
