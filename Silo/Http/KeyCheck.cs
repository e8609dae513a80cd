using Microsoft.Extensions.Primitives;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Requires each request to carry a key with the necessary rights as <c>Authorization: Bearer KEY</c> (RFC 6750). It runs after
/// routing and before anything reads the body. A path is open only if it is marked with <see cref="NeedsNoKey"/>.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="options">The options with the keys.</param>
internal sealed class KeyCheck(RequestDelegate next, HttpOptions options)
{
    private const string Scheme = "Bearer";

    /// <summary>Checks one request.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">The request has no key, or its key lacks the right.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (options.Keys.AreConfigured && context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoKey>() is null && Refusal(context) is { } refusal)
        {
            context.Response.Headers.Connection = "close"; // the body, if there is one, stays unread
            throw new ProblemException(refusal);
        }

        return next(context);
    }

    private Problem? Refusal(HttpContext context)
    {
        var request = context.Request;
        var header = request.Headers.Authorization;
        if (header.Count == 0)
            return Problems.Unauthorized("This silo answers to those who have a key.");
        if (Key(header) is not { } key)
            return Problems.Unauthorized("The Authorization header is malformed.");
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var readsAll = context.GetEndpoint()?.Metadata.GetMetadata<NeedsReadWriteKey>() is not null;
        return options.Keys.RightsOf(key) switch
        {
            KeyRights.None => Problems.Unauthorized("The key is none of this silo's."),
            KeyRights.Read when readsAll => Problems.ReadOnlyKey($"{request.Method} {request.Path}"),
            KeyRights.Read when !reads => Problems.ReadOnlyKey(request.Method),
            _ => null,
        };
    }

    private static string? Key(StringValues header)
    {
        if (header.Count != 1 || header[0]!.Split(' ', 2) is not [var scheme, var key] || !scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        key = key.TrimStart(' ');
        return key.Length > 0 && !key.Contains(' ') ? key : null;
    }
}

/// <summary>Marks a path that is open to everyone, keys or not.</summary>
internal sealed class NeedsNoKey
{
    private NeedsNoKey()
    {
    }

    /// <summary>The shared instance.</summary>
    public static NeedsNoKey Mark { get; } = new();
}

/// <summary>Marks a path that takes a read-write key for every method, because it shows what is reserved.</summary>
internal sealed class NeedsReadWriteKey
{
    private NeedsReadWriteKey()
    {
    }

    /// <summary>The shared instance.</summary>
    public static NeedsReadWriteKey Mark { get; } = new();
}
