using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>
/// The silos of a cluster and their statuses. Unlike Orleans' it is never wrong about a silo that stopped or was killed, and never takes
/// a paused one for dead.
/// </summary>
internal sealed class Membership
{
    private readonly Lock _lock = new();
    private volatile Snapshot _snapshot = new([], ImmutableDictionary<SiloAddress, Entry>.Empty);

    /// <summary>Hears of every change, after it.</summary>
    public event Action<SiloAddress, SiloStatus>? Changed;

    /// <summary>The silos that take new activations, in the order in which they became active.</summary>
    public ImmutableArray<LocalSilo> Active => _snapshot.Active;

    /// <summary>All silos there ever were.</summary>
    public IEnumerable<KeyValuePair<SiloAddress, Entry>> All => _snapshot.All;

    public Entry? Find(SiloAddress address) => _snapshot.All.GetValueOrDefault(address);

    /// <summary>A silo that takes new activations; null when it is not one.</summary>
    public LocalSilo? FindActive(SiloAddress address) => Find(address) is { Status: SiloStatus.Active, Silo: { } silo } ? silo : null;

    /// <summary>A silo that takes new activations; null when none of that name does.</summary>
    public LocalSilo? FindActive(string name)
    {
        foreach (var silo in Active)
        {
            if (silo.Name == name)
                return silo;
        }

        return null;
    }

    public void Set(LocalSilo silo, SiloStatus status)
    {
        lock (_lock)
        {
            // A dead silo's entry must not keep the silo.
            var entry = new Entry(silo.Name, status, status == SiloStatus.Dead ? null : silo);
            var active = _snapshot.Active.Remove(silo);
            _snapshot = new Snapshot(status == SiloStatus.Active ? active.Add(silo) : active, _snapshot.All.SetItem(silo.Address, entry));
        }

        Changed?.Invoke(silo.Address, status);
    }

    public sealed record Entry(string Name, SiloStatus Status, LocalSilo? Silo);

    private sealed record Snapshot(ImmutableArray<LocalSilo> Active, ImmutableDictionary<SiloAddress, Entry> All);
}
