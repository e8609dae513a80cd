using Microsoft.AspNetCore.Http.Features;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Sets the path of a request from its target exactly as it appears in the request line. Kestrel removes dot segments from
/// its own path and leaves some escapes in place, so two different names could become one.
/// </summary>
internal static class RequestTarget
{
    /// <summary>Sets the request's path from its raw target.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">The target does not decode to UTF-8.</exception>
    public static void Apply(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = Path(target);
        if (path.IsEmpty)
            return;
        try
        {
            context.Request.Path = new PathString(PercentEncoding.Decode(path));
        }
        catch (FormatException exception)
        {
            throw new ProblemException(Problems.BadRequest("bad-path", "The path does not decode",
                $"The path of the request cannot be decoded: {exception.Message}. Write each byte of the name's UTF-8 that is not a letter or digit as %XX."));
        }
    }

    /// <summary>Removes the authority of an absolute target, and the query.</summary>
    private static ReadOnlySpan<char> Path(string target)
    {
        var rest = target.AsSpan();
        var authority = rest.IndexOf("://", StringComparison.Ordinal);
        if (!rest.StartsWith("/", StringComparison.Ordinal) && authority > 0)
        {
            rest = rest[(authority + 3)..];
            var slash = rest.IndexOf('/');
            rest = slash < 0 ? "/" : rest[slash..];
        }

        var query = rest.IndexOf('?');
        rest = query < 0 ? rest : rest[..query];
        return rest.StartsWith("/", StringComparison.Ordinal) ? rest : [];
    }
}
