using System.Globalization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Parses the headers that make a change safe to retry: <c>Idempotency-Key</c> and <c>Paxos-Floor</c>.</summary>
internal static class RequestIdentity
{
    /// <summary>The header with the request id.</summary>
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>The header with the floor of a retried request.</summary>
    public const string FloorHeader = "Paxos-Floor";

    /// <summary>Parses the headers.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <returns>The identity of the request; null when it has no key.</returns>
    /// <exception cref="ProblemException">A header is malformed, or there is a floor without a key.</exception>
    public static ChangeOptions? Read(IHeaderDictionary headers)
    {
        var key = SingleHeader.Read(headers, KeyHeader);
        var floor = SingleHeader.Read(headers, FloorHeader);
        if (key is null && floor is null)
            return null;
        if (key is null)
            throw new ProblemException(Problems.BadHeader(FloorHeader, $"{FloorHeader} belongs to a request that is sent again: send its {KeyHeader} too."));
        return new ChangeOptions(RequestId(key), floor is null ? null : Floor(floor));
    }

    private static Guid RequestId(string key)
    {
        // RFC 8941 strings are quoted; most clients send the id without quotes.
        var bare = key.Length > 2 && key[0] == '"' && key[^1] == '"' ? key[1..^1] : key;
        if (Guid.TryParseExact(bare, "D", out var id) && id != Guid.Empty)
            return id;
        throw new ProblemException(Problems.BadHeader(KeyHeader,
            $"{KeyHeader} takes a UUID other than zero, like 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b: a new one for each change, the same one when that change is sent again."));
    }

    private static long Floor(string floor)
    {
        if (long.TryParse(floor, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return version;
        throw new ProblemException(Problems.BadHeader(FloorHeader, $"{FloorHeader} takes a version, 0 or more: the floor that the answer 504 gave."));
    }
}
