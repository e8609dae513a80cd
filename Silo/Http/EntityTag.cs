using System.Globalization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>A register's version as an entity tag: <c>"7"</c>, always strong.</summary>
internal static class EntityTag
{
    /// <summary>Writes a version as a tag.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The tag, quotes included.</returns>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Reads a tag.</summary>
    /// <param name="tag">The tag, quotes included.</param>
    /// <returns>The version; null when it is no tag of ours.</returns>
    public static long? Version(string tag)
    {
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"')
            return null;
        return long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
