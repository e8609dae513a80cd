using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Verification.Simulation.Monitors;

/// <summary>The durable watermarks of all acceptors.</summary>
internal sealed class WatermarkLedger(int buckets)
{
    private readonly Dictionary<(string Acceptor, string Page), ImmutableArray<Watermark>> _pages = [];

    /// <summary>Records that a page of watermarks is durable.</summary>
    public void Raised(string acceptor, string page, ImmutableArray<Watermark> watermarks) => _pages[(acceptor, page)] = watermarks;

    /// <summary>Records that the storage of an acceptor was lost.</summary>
    public void Lost(string acceptor)
    {
        foreach (var page in _pages.Keys.Where(page => page.Acceptor == acceptor).ToList())
            _pages.Remove(page);
    }

    /// <summary>What an acceptor promises for a register that it does not know.</summary>
    public Ballot PromisedOf(string acceptor, string register)
    {
        var (page, bucket) = Watermarks.PlaceOf(register, buckets);
        return _pages.TryGetValue((acceptor, AcceptorStorage.WatermarkPageName(page)), out var watermarks) ? watermarks[bucket].Promised : Ballot.None;
    }
}
