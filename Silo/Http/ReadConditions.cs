using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// The conditions of a read, as RFC 9110 (13.1) has them. A tag that is no version of ours names another representation, and
/// what is no tag at all names none; neither is an error.
/// </summary>
internal static class ReadConditions
{
    /// <summary>Whether <c>If-Match</c> is absent or names the entry; a weak tag never does.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="entry">The entry, which is not a tombstone.</param>
    public static bool AllowsMatch(IHeaderDictionary headers, RegisterEntry entry) =>
        headers.IfMatch.Count == 0 || Names(headers.IfMatch, entry, strongly: true);

    /// <summary>Whether <c>If-None-Match</c> names the entry: the reader has it. A weak tag will do, because a proxy that compresses makes one.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="entry">The entry, which is not a tombstone.</param>
    public static bool IsKnown(IHeaderDictionary headers, RegisterEntry entry) => Names(headers.IfNoneMatch, entry, strongly: false);

    private static bool Names(StringValues header, RegisterEntry entry, bool strongly)
    {
        var current = new EntityTagHeaderValue(EntityTag.Of(entry.Version));
        return EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, strongly));
    }
}
