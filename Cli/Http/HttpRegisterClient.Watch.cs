using System.Net.Http.Headers;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    private const string EventStream = "text/event-stream";

    /// <summary>Opens one connection of a watch.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="cancellationToken">Ends the wait, and the watch.</param>
    public async Task<HttpWatchStream<T>> OpenWatchAsync<T>(HttpWatch<T> watch, CancellationToken cancellationToken)
        where T : class
    {
        using var request = Request(HttpMethod.Get, watch.At(address));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(EventStream));
        var response = await PatientlyAsync(ends => SendAsync(request, ends), cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == EventStream)
        {
            var body = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken), timing.Time, timing.LongestSilence);
            return new HttpWatchStream<T>(address.Server, watch, response, body, cancellationToken);
        }

        using (response)
            throw HttpProblems.ToException(await PatientlyAsync(ends => ReadAsync(response, ends), cancellationToken));
    }
}
