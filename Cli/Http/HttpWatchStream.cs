using System.Net.ServerSentEvents;
using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>One connection of a watch, which reads server-sent events until the connection breaks.</summary>
/// <typeparam name="T">What an event becomes.</typeparam>
internal sealed class HttpWatchStream<T> : IAsyncDisposable
    where T : class
{
    private readonly Uri _server;
    private readonly HttpWatch<T> _watch;
    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    public HttpWatchStream(Uri server, HttpWatch<T> watch, HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        _server = server;
        _watch = watch;
        _response = response;
        _parser = SseParser.Create(body);
        _events = _parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Waits for the next event.</summary>
    /// <returns>What it became; null when the connection has ended and the caller has to reconnect.</returns>
    public async Task<T?> NextAsync()
    {
        var isNext = await MoveNextAsync();
        if (_parser.LastEventId is { Length: > 0 } id)
            _watch.Saw(id);
        return isNext ? Read(_events.Current) : null;
    }

    private async Task<bool> MoveNextAsync()
    {
        try
        {
            return await _events.MoveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _response.Dispose();
    }

    private T Read(SseItem<string> item)
    {
        try
        {
            return _watch.Read(item);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new UnexpectedAnswerException(_server, $"an event of a watch is not as expected: {exception.Message}");
        }
    }
}
