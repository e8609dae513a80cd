using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Registers;

/// <summary>
/// Remembers the last version seen of each register, and when it was seen. That version was chosen before any later request is sent, so
/// it can be the floor of such a request.
/// </summary>
internal sealed class FloorCache(int capacity, TimeProvider time)
{
    /// <summary>
    /// How long a version can serve as the floor of any request. A request whose floor is no longer in the window ends as unknown, and
    /// the window of a register in heavy use covers only a few proposals, which take some ten milliseconds.
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(10);

    /// <summary>Half of the shortest window.</summary>
    private const int VersionsMeanwhile = 8;

    private readonly LeastRecentlyUsed<Sighting> _sightings = new(capacity);

    /// <summary>Returns a floor for a new request; null when the register was not seen recently.</summary>
    /// <param name="name">The register's name.</param>
    /// <param name="canBeRaised">Whether the register's grain may raise the floor. This is so for a change without a condition.</param>
    public long? Fresh(string name, bool canBeRaised)
    {
        if (!_sightings.TryGet(name, out var sighting))
            return null;
        var age = time.GetElapsedTime(sighting.At);
        var slow = canBeRaised && age < ChangeRequest.LongestFloorAge && age < sighting.TimePerVersion * VersionsMeanwhile;
        return age < FreshFor || slow ? sighting.Version : null;
    }

    /// <summary>Notes that a version was seen; 0 if the register was never written, or was forgotten.</summary>
    /// <returns>The highest known version, which may be a different one.</returns>
    public long Saw(string name, long version)
    {
        if (version == 0)
        {
            _sightings.Remove(name); // what was forgotten is no floor that any request should have
            return 0;
        }

        var now = time.GetTimestamp();
        return _sightings.Update(name, known => version >= known.Version ? Next(known, version, now) : known).Version;
    }

    private Sighting Next(Sighting known, long version, long now)
    {
        if (known.Version == 0)
            return new Sighting(version, now, ChangedAt: now, TimeSpan.Zero);
        var unchangedFor = time.GetElapsedTime(known.ChangedAt, now);
        if (version > known.Version)
            return new Sighting(version, now, ChangedAt: now, unchangedFor / (version - known.Version));
        return known with { At = now, TimePerVersion = unchangedFor > known.TimePerVersion ? unchangedFor : known.TimePerVersion };
    }

    private readonly record struct Sighting(long Version, long At, long ChangedAt, TimeSpan TimePerVersion);
}
