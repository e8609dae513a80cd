using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    private Task<HttpAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) => PatientlyAsync(
        async ends =>
        {
            using var response = await SendAsync(request, ends);
            return await ReadAsync(response, ends);
        },
        cancellationToken);

    private async Task<HttpAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var links = response.Headers.TryGetValues("Link", out var values) ? values : [];
        return new HttpAnswer(
            address.Server,
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            body,
            HasNextPage: links.Any(link => link.Contains("rel=\"next\"", StringComparison.Ordinal)));
    }

    private Task<T> PatientlyAsync<T>(Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken) =>
        WithinAsync(timing.RequestTimeout, exchange, cancellationToken);

    /// <summary>Runs a part of an exchange and distinguishes a lost answer from a caller that gave up.</summary>
    private async Task<T> WithinAsync<T>(TimeSpan longest, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(longest, timing.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, live?.Silence ?? CancellationToken.None);
        try
        {
            return await exchange(ends.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AnswerLostException(patience.IsCancellationRequested
                ? $"{address.Server} gave no answer for {longest.TotalSeconds:0.#} seconds."
                : $"{address.Server} no longer answers.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new AnswerLostException($"The connection to {address.Server} broke before the answer came ({exception.Message}).");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw certificate.Refusal is { } refusal
                ? NoAnswerException.Untrusted(address.Server, refusal)
                : NoAnswerException.NotSecure(address.Server, exception.GetBaseException().Message.TrimEnd('.'));
        }
        catch (HttpRequestException exception) when (NeverSent(exception))
        {
            throw NoAnswerException.At(address.Server, exception.InnerException?.Message ?? exception.Message);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw NoAnswerException.At(address.Server, "no connection within the time allowed");
        }
    }

    private static bool NeverSent(HttpRequestException exception) => exception.HttpRequestError is
        HttpRequestError.ConnectionError or
        HttpRequestError.NameResolutionError or
        HttpRequestError.ProxyTunnelError;
}
