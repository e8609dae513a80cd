using System.Net.Http.Headers;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    private const string EventStream = "text/event-stream";

    /// <summary>Opens one connection of a watch, which is given up as soon as the server falls silent.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="patience">How long to wait for the stream.</param>
    /// <param name="cancellationToken">Ends the wait, and the watch.</param>
    public async Task<HttpWatchStream<T>> OpenWatchAsync<T>(HttpWatch<T> watch, TimeSpan patience, CancellationToken cancellationToken)
        where T : class
    {
        var asked = live?.Begin();
        try
        {
            return await OpenWatchAsync(watch, patience, asked, cancellationToken);
        }
        catch
        {
            asked?.Dispose();
            throw;
        }
    }

    private async Task<HttpWatchStream<T>> OpenWatchAsync<T>(HttpWatch<T> watch, TimeSpan patience, LiveWatch? asked, CancellationToken cancellationToken)
        where T : class
    {
        using var request = Request(HttpMethod.Get, watch.At(address));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        var response = await WithinAsync(patience, ends => SendAsync(request, ends), cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == EventStream)
        {
            var body = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken), timing.Time, timing.LongestSilence, asked?.Silence ?? CancellationToken.None);
            return new HttpWatchStream<T>(address.Server, watch, response, body, asked, cancellationToken);
        }

        using (response)
            throw HttpProblems.ToException(await PatientlyAsync(ends => ReadAsync(response, ends), cancellationToken));
    }
}
