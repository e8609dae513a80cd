using System.Net.ServerSentEvents;
using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>One connection of a watch, which reads server-sent events until the connection breaks.</summary>
internal sealed class HttpWatchStream : IAsyncDisposable
{
    public const string MediaType = "text/event-stream";

    private readonly Uri _server;
    private readonly string _name;
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    public HttpWatchStream(Uri server, string name, HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        _server = server;
        _name = name;
        _response = response;
        _events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Waits for the next versions.</summary>
    /// <returns>The versions; null when the connection has ended and the caller has to reconnect.</returns>
    public async Task<WatchBatch?> NextAsync()
    {
        try
        {
            return await _events.MoveNextAsync() ? Batch(_events.Current) : null;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or TimeoutException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _response.Dispose();
    }

    private WatchBatch Batch(SseItem<string> item)
    {
        try
        {
            return item.EventType switch
            {
                "compacted" => Compacted(item.Data),
                "reset" => new WatchBatch([], 0, WatchNotice.Reset),
                "unavailable" => new WatchBatch([], 0, WatchNotice.Unavailable),
                "available" => new WatchBatch([], 0, WatchNotice.Available),
                _ => Version(item.Data),
            };
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new UnexpectedAnswerException(_server, $"an event of a watch is not as expected: {exception.Message}");
        }
    }

    private static WatchBatch Compacted(string data) =>
        new([], JsonSerializer.Deserialize(data, WireJson.Relaxed.Compacted)?.CompactedThrough ?? throw new FormatException("no version"));

    private WatchBatch Version(string data) =>
        new([JsonSerializer.Deserialize(data, WireJson.Relaxed.Envelope)?.ToEntryOf(_name) ?? throw new FormatException("no version")], 0);
}
