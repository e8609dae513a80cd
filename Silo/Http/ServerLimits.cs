using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Sets the limits on connections and requests that docs/http.md lists.</summary>
internal static class ServerLimits
{
    /// <summary>What the server takes of an answer before its client takes it.</summary>
    public const int UnreadAnswerBytes = 8 * 1024;

    private const int RequestLineBytes = 8 * 1024;
    private const int HeaderBytes = 16 * 1024;
    private const int Headers = 64;
    private const double LeastBytesPerSecond = 1024;

    private static readonly TimeSpan RateGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(130);

    /// <summary>Sets the limits.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="options">The limits that can be configured.</param>
    public static void Apply(KestrelServerOptions kestrel, HttpOptions options)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestHeaderCount = Headers;
        limits.RequestHeadersTimeout = options.HeaderTimeout;
        limits.KeepAliveTimeout = IdleConnection;
        limits.MaxRequestBodySize = null; // RequestBody enforces the limit; its error names the maximum size of a value
        limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, RateGrace);
        limits.MinResponseDataRate = new MinDataRate(LeastBytesPerSecond, RateGrace);
        limits.MaxResponseBufferSize = UnreadAnswerBytes; // a larger answer keeps its share of the budget until it is read
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 0; // no path uses WebSockets
    }
}
