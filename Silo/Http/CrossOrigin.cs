using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>What web pages of the allowed origins may do and see (CORS).</summary>
internal static class CrossOrigin
{
    /// <summary>The headers of answers that a page may read, beside those that it always may.</summary>
    private static readonly string[] Exposed =
        [HeaderNames.ETag, HeaderNames.Link, HeaderNames.RetryAfter, HeaderNames.Allow, HeaderNames.WWWAuthenticate, HeaderNames.Location];

    /// <summary>Sets the policy. Cookies are never allowed: a page sends its key itself.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="origins">The origins.</param>
    public static void Apply(CorsPolicyBuilder policy, IEnumerable<string> origins) => policy
        .WithOrigins([.. origins])
        .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Post, HttpMethods.Delete)
        .AllowAnyHeader()
        .WithExposedHeaders(Exposed);
}
