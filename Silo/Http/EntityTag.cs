using System.Globalization;

namespace Orleans.Paxos.Silo.Http;

/// <summary>A register's version as an entity tag: <c>"7"</c>, always strong.</summary>
internal static class EntityTag
{
    /// <summary>Formats a version as an entity tag.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The tag, including its quotes.</returns>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Parses an entity tag.</summary>
    /// <param name="tag">The tag, including its quotes.</param>
    /// <returns>The version; null when the tag is not in this format.</returns>
    public static long? Version(string tag)
    {
        if (tag.Length < 3 || tag[0] != '"' || tag[^1] != '"')
            return null;
        return long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
