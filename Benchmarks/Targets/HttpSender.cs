using System.Net.Http.Headers;

namespace Orleans.Paxos.Benchmarks.Targets;

/// <summary>Sends requests to the members of a cluster in turn, over connections that stay open. Every measurement over HTTP uses it.</summary>
/// <param name="members">The URLs of the members.</param>
/// <param name="type">The media type of the request bodies.</param>
internal sealed class HttpSender(ImmutableArray<Uri> members, MediaTypeHeaderValue type) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private uint _next;

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path at the member.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The body of the response.</returns>
    /// <exception cref="HttpRequestException">The response is not 200, or there is none.</exception>
    public async Task<byte[]> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        var member = members[(int)(Interlocked.Increment(ref _next) % members.Length)];
        using var request = new HttpRequestMessage(method, new Uri(member, path));
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = type } };
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? answer
            : throw new HttpRequestException($"{member} answers {(int)response.StatusCode}.", inner: null, response.StatusCode);
    }

    public void Dispose() => _http.Dispose();
}
