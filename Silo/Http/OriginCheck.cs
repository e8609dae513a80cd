using System.Net;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Keeps web pages away from a silo without keys. Any page that is open in a browser of this machine can send requests to
/// loopback, even under its own host name if that resolves to 127.0.0.1 (DNS rebinding). So a request has to address this
/// machine by a name that only this machine has, and a page has to be of an origin that is allowed.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="options">Has the keys and the origins.</param>
internal sealed class OriginCheck(RequestDelegate next, HttpOptions options)
{
    private const string Localhost = "localhost";

    /// <summary>Checks one request.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">It is from a page that may not, or addresses another machine.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (!options.Keys.AreConfigured && Refusal(context.Request) is { } refusal)
        {
            context.Response.Headers.Connection = "close"; // and the body, if there is one, stays unread
            throw new ProblemException(refusal);
        }

        return next(context);
    }

    private Problem? Refusal(HttpRequest request)
    {
        // Every browser names a host; HTTP/1.0 need not.
        if (request.Host.HasValue && !IsThisMachine(request.Host.Host))
            return Problems.ForeignHost(request.Host.Host);
        return IsFromForeignPage(request) ? Problems.ForeignOrigin() : null;
    }

    private static bool IsThisMachine(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith($".{Localhost}", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private bool IsFromForeignPage(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
            return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
        return origin.ToString() is var page
            && !page.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            && !options.AllowedOrigins.Contains(page);
    }
}
