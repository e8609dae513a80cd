using System.Net.ServerSentEvents;
using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>One connection of a watch, which reads server-sent events until the connection breaks.</summary>
/// <typeparam name="T">What an event becomes.</typeparam>
internal sealed class HttpWatchStream<T> : IAsyncDisposable
    where T : class
{
    private readonly HttpWatch<T> _watch;
    private readonly HttpResponseMessage _response;
    private readonly PatientStream _body;
    private readonly LiveWatch? _asked;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    public HttpWatchStream(Uri server, HttpWatch<T> watch, HttpResponseMessage response, PatientStream body, LiveWatch? asked, CancellationToken cancellationToken)
    {
        Server = server;
        _watch = watch;
        _response = response;
        _body = body;
        _asked = asked;
        _parser = SseParser.Create(body);
        _events = _parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    /// <summary>Where it comes from.</summary>
    public Uri Server { get; }

    /// <summary>Whether it is given up because the server no longer answers.</summary>
    public bool IsServerSilent => _asked?.Silence.IsCancellationRequested ?? false;

    /// <summary>Waits for the next event.</summary>
    /// <returns>What it became; null when the connection has ended and the caller has to reconnect.</returns>
    public async Task<T?> NextAsync()
    {
        var isNext = await MoveNextAsync();
        if (_parser.LastEventId is { Length: > 0 } id && (isNext || _body.IsBetweenEvents))
            _watch.Saw(id); // not that of an event of which the connection brought only the beginning
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
        _asked?.Dispose();
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
            throw new UnexpectedAnswerException(Server, $"an event of a watch is not as expected: {exception.Message}");
        }
    }
}
