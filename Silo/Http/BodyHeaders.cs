using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The headers that change what a body means. A register keeps bytes as they come, so all of them are refused.</summary>
internal static class BodyHeaders
{
    private const string Identity = "identity";
    private const string Chunked = "chunked";

    /// <summary>Refuses a body that is a value only after it was decoded, or together with what is there.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">It has such a header.</exception>
    public static void EnsureWholeValue(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.ContentRange.Count > 0)
            throw new ProblemException(Problems.BadHeader(HeaderNames.ContentRange, "A register is written as a whole, never in parts: send all of its value, without Content-Range."));
        if (Other(headers.TransferEncoding, Chunked) is { } transferCoding)
            throw new ProblemException(Problems.BadHeader(HeaderNames.TransferEncoding, $"The transfer coding '{transferCoding}' is not supported: send the body as it is, or chunked."));
        if (Other(headers.ContentEncoding, Identity) is not { } contentCoding)
            return;
        context.Response.Headers.AcceptEncoding = Identity;
        throw new ProblemException(Problems.UnsupportedEncoding(contentCoding));
    }

    private static string? Other(StringValues codings, string allowed) => codings
        .SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault(coding => !coding.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
