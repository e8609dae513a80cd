namespace Orleans.Paxos;

/// <summary>
/// The last version seen of each register: it was chosen before any request that is made from now on, which makes it
/// such a request's floor.
/// </summary>
internal sealed class FloorCache(int capacity)
{
    private readonly LeastRecentlyUsed<long> _versions = new(capacity);

    /// <summary>0 when no version of the register is remembered.</summary>
    public long Of(string name) => _versions.TryGet(name, out var version) ? version : 0;

    public void Saw(string name, long version)
    {
        if (version > 0)
            _versions.Update(name, known => Math.Max(known, version));
    }
}
