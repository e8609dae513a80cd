using Microsoft.Extensions.Primitives;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Reads a header that stands in a request once or not at all.</summary>
internal static class SingleHeader
{
    /// <summary>Reads a header.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="name">The header's name.</param>
    /// <returns>Its text without white space around it; null when it is not there.</returns>
    /// <exception cref="ProblemException">It stands there more than once.</exception>
    public static string? Read(IHeaderDictionary headers, string name)
    {
        StringValues values = headers[name];
        return values.Count switch
        {
            0 => null,
            1 => values[0]!.Trim(),
            _ => throw new ProblemException(Problems.BadHeader(name, $"{name} stands {values.Count} times in the request. Send it once.")),
        };
    }
}
