using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Reads the <c>Accept</c> header.</summary>
internal static class Accept
{
    /// <summary>Whether the header names JSON and does not prefer raw bytes. Any other header, including a malformed one, gets the raw bytes.</summary>
    /// <param name="accept">The header.</param>
    public static bool WantsJson(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types))
            return false;
        return Quality(types, "application/json") is > 0 and var json && json >= Quality(types, "application/octet-stream");
    }

    private static double Quality(IList<MediaTypeHeaderValue> types, string name) =>
        types.Where(type => type.MediaType.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
}
