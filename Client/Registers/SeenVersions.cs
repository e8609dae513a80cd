using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Registers;

namespace Orleans.Paxos;

/// <summary>
/// The last version that a watcher of a prefix has seen of each register, so that it gets none twice. It remembers the 100,000 registers
/// that changed last.
/// </summary>
public sealed class SeenVersions
{
    private const int MostRegisters = 100_000;

    private LeastRecentlyUsed<long> _last = new(MostRegisters);

    /// <summary>Removes what was seen from a batch, and notes the rest as seen.</summary>
    /// <param name="batch">The batch, as it came.</param>
    /// <returns>The batch without what was seen before.</returns>
    /// <exception cref="InvalidOperationException">The batch skips a version without saying so, which must never happen.</exception>
    public PrefixBatch Unseen(PrefixBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Begins)
            _last = new(MostRegisters);
        return batch with { Events = [.. batch.Events.Select(Unseen).OfType<PrefixEvent>()] };
    }

    private PrefixEvent? Unseen(PrefixEvent each)
    {
        var (entries, compacted) = (each.Versions.Entries, each.Versions.CompactedThrough);
        if (!_last.TryGet(each.Name, out var last) && compacted == 0)
            last = entries[0].Version - 1;
        var versions = WatchSequence.Following(each.Versions, last)
            ?? throw new InvalidOperationException($"A watch skipped versions of register '{each.Name}' after {last}. That must never happen. Report it with the cluster's logs.");
        if (versions.IsEmpty())
            return null;
        _last.Update(each.Name, _ => WatchPoint.Of(versions).Version);
        return each with { Versions = versions };
    }
}
