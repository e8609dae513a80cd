using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>Asks every acceptor for its status.</summary>
internal sealed class ClusterInspector(AcceptorPeers peers, string silo)
{
    public async Task<ClusterStatus> InspectAsync()
    {
        var set = peers.Current;
        var acceptors = await Task.WhenAll(set.All.Select(InspectAsync));
        return new ClusterStatus(set.Set.Epoch, set.Set.Majority, [.. acceptors], silo);
    }

    private static async Task<AcceptorStatus> InspectAsync(AcceptorPeer peer) =>
        await peer.TryAskAsync(grain => grain.StatusAsync())
            ?? new AcceptorStatus(peer.Name, AcceptorStanding.Unreachable, "It did not answer; its silo may be down.", "", "", 0);
}
