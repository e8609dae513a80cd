using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Proposers;

/// <summary>Asks every acceptor for its status.</summary>
internal sealed class ClusterInspector(AcceptorPeers peers, string silo)
{
    public async Task<ClusterStatus> InspectAsync()
    {
        var acceptors = await Task.WhenAll(peers.All.Select(InspectAsync));
        return new ClusterStatus(peers.Set.Epoch, peers.Set.Majority, [.. acceptors], silo);
    }

    private async Task<AcceptorStatus> InspectAsync(AcceptorPeer peer) =>
        await peer.TryAskAsync(grain => grain.StatusAsync())
            ?? new AcceptorStatus(peer.Name, AcceptorStanding.Unreachable, "It did not answer; its silo may be down.", "", "", 0);
}
