using System.Net.Http.Headers;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    /// <summary>Opens one connection of a watch.</summary>
    /// <param name="name">The register.</param>
    /// <param name="after">What was seen last.</param>
    /// <param name="cancellationToken">Ends the wait, and the watch.</param>
    public async Task<HttpWatchStream> OpenWatchAsync(string name, WatchPoint after, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, address.Watch(name, after));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(HttpWatchStream.MediaType));
        var response = await PatientlyAsync(ends => SendAsync(request, ends), cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == HttpWatchStream.MediaType)
        {
            var body = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken), timing.Time, timing.LongestSilence);
            return new HttpWatchStream(address.Server, name, response, body, cancellationToken);
        }

        using (response)
            throw HttpProblems.ToException(await PatientlyAsync(ends => ReadAsync(response, ends), cancellationToken));
    }
}
