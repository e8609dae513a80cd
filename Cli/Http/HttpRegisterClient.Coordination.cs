namespace Orleans.Paxos.Cli.Http;

internal sealed partial class HttpRegisterClient
{
    /// <summary>Sends a request about sessions, locks or elections, and reads its answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="at">Says where it goes.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="longest">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<HttpAnswer> ExchangeAsync(
        HttpMethod method, Func<RegisterAddress, Uri> at, byte[]? body, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var request = Request(method, at(address));
        if (method != HttpMethod.Get)
            request.Content = new ByteArrayContent(body ?? []); // the handler does not send a request with a body again by itself
        return await WithinAsync(
            longest,
            async ends =>
            {
                using var response = await SendAsync(request, ends);
                return await ReadAsync(response, ends);
            },
            cancellationToken);
    }
}
