namespace Orleans.Paxos;

/// <summary>
/// The last version seen of each register, and when: it was chosen before any request that is made from now on, which makes
/// it such a request's floor.
/// </summary>
internal sealed class FloorCache(int capacity, TimeProvider time)
{
    /// <summary>
    /// How long a version serves as a floor. A request whose floor the window has left behind ends as unknown, and of a register
    /// in heavy use the window holds what a few proposals wrote: some ten milliseconds.
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(10);

    private readonly LeastRecentlyUsed<Sighting> _sightings = new(capacity);

    /// <summary>The floor for a request that is made now; null when the register was not seen lately.</summary>
    public long? Fresh(string name) =>
        _sightings.TryGet(name, out var sighting) && time.GetElapsedTime(sighting.At) < FreshFor ? sighting.Version : null;

    /// <summary>A version was seen.</summary>
    /// <returns>The highest version known, which may be another.</returns>
    public long Saw(string name, long version)
    {
        if (version == 0)
            return 0;
        var now = time.GetTimestamp();
        return _sightings.Update(name, known => version >= known.Version ? new Sighting(version, now) : known).Version;
    }

    private readonly record struct Sighting(long Version, long At);
}
