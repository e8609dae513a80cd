using System.Net.ServerSentEvents;

namespace Orleans.Paxos.Cli.Load.Targets;

/// <summary>
/// A target that uses the HTTP interface of a silo directly. It checks only the status and the length of a response, because
/// it shares the machine with the silo that it measures.
/// </summary>
/// <param name="http">The HTTP client, with the key if the silo requires one. It opens a connection for each client of the load.</param>
/// <param name="server">The address of the silo.</param>
/// <param name="name">The name in reports.</param>
public sealed class HttpTarget(HttpClient http, Uri server, string name = "paxos over HTTP") : ILoadTarget
{
    private readonly RegisterUris _uris = new(server);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task WriteAsync(string register, byte[] value, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, _uris.Register(register, stale: false)) { Content = new ByteArrayContent(value) };
        await SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReadAsync(string register, bool linearizable, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _uris.Register(register, stale: !linearizable));
        await SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WatchAsync(string register, Action<long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        WatchAsync(_uris.Watch(register), static _ => { }, entry => seen(entry.Version, entry.Value), cancellationToken);

    /// <inheritdoc/>
    public Task WatchPrefixAsync(string prefix, Action<bool> listing, Action<string, long, ReadOnlyMemory<byte>> seen, CancellationToken cancellationToken) =>
        WatchAsync(_uris.WatchPrefix(prefix), listing, entry => seen(entry.Name, entry.Version, entry.Value), cancellationToken);

    private async Task WatchAsync(Uri uri, Action<bool> listing, Action<WatchEvent> seen, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RefuseFailureAsync(response, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var version in SseParser.Create(body, WatchEvent.Parse).EnumerateAsync(cancellationToken))
        {
            if (version.Data is { } entry)
                seen(entry);
            else if (version.EventType is "resync" or "listed")
                listing(version.EventType == "resync");
        }

        throw new HttpIOException(HttpRequestError.ResponseEnded, $"The watch {uri.PathAndQuery} has ended.");
    }

    private async Task SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RefuseFailureAsync(response, cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task RefuseFailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new HttpRequestException(body.Length > 0 ? body : response.ReasonPhrase, inner: null, response.StatusCode);
    }
}
