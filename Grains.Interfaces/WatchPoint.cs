using System.Globalization;

namespace Orleans.Paxos;

/// <summary>
/// How far a watcher has seen a register: a version, and the id of the request that wrote it, which tells the version from that of the same
/// number in another cluster, such as one that was set up anew since.
/// </summary>
/// <param name="Version">The version seen last; 0 for none.</param>
/// <param name="RequestId">The id of the request that wrote it; empty if that is not known.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.WatchPoint")]
public readonly record struct WatchPoint(
    [property: Id(0)] long Version,
    [property: Id(1)] Guid RequestId = default)
{
    /// <summary>Converts a version of which no more is known.</summary>
    /// <param name="version">The version.</param>
    public static implicit operator WatchPoint(long version) => FromInt64(version);

    /// <summary>Converts a version of which no more is known.</summary>
    /// <param name="version">The version.</param>
    /// <returns>The point.</returns>
    public static WatchPoint FromInt64(long version) => new(version);

    /// <summary>Gets the point at which an entry has been seen.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The point.</returns>
    public static WatchPoint Of(RegisterEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new WatchPoint(entry.Version, entry.RequestId);
    }

    /// <summary>Gets the point at which a batch that brings something new has been seen.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The point.</returns>
    public static WatchPoint Of(WatchBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Entries.IsEmpty ? batch.CompactedThrough : Of(batch.Entries[^1]);
    }

    /// <summary>Whether a request may have written the version; every request may if its id is not known.</summary>
    /// <param name="requestId">The id of the request.</param>
    /// <returns>Whether it may.</returns>
    public bool MayBeOf(Guid requestId) => RequestId == Guid.Empty || RequestId == requestId;

    /// <summary>Parses what <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="point">The point; the default if the text is not one.</param>
    /// <returns>Whether the text is a point.</returns>
    public static bool TryParse(string text, out WatchPoint point)
    {
        ArgumentNullException.ThrowIfNull(text);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var requestId = Guid.Empty;
        var isPoint = long.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && (dash < 0 || Guid.TryParseExact(text[(dash + 1)..], "D", out requestId));
        point = isPoint ? new WatchPoint(version, requestId) : default;
        return isPoint;
    }

    /// <summary>Writes the version, and the request's id after a hyphen if it is known.</summary>
    /// <returns>The text, such as <c>7</c> or <c>7-becf8bb0-a537-41e0-a015-4118a689f981</c>.</returns>
    public override string ToString()
    {
        var version = Version.ToString(CultureInfo.InvariantCulture);
        return RequestId == Guid.Empty ? version : $"{version}-{RequestId}";
    }
}
