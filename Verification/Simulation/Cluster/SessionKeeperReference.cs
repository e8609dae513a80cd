using Orleans.Paxos.Coordination;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The keeper of a share of the sessions, as it appears to a client through one gateway.</summary>
internal sealed class SessionKeeperReference(SimulatedCluster cluster, Machine from, string gateway, string share) : ISessionKeeperGrain
{
    private readonly GrainRoute<SessionKeeper> _route = new(cluster, from, gateway, $"keeper of {share}", silo => silo.FindKeeper(share));

    public Task RenewedAsync(SessionRenewal renewal) => _route.CallAsync($"renewed {renewal.Session:N} at version {renewal.Version}", to =>
    {
        to.Renewed(renewal);
        return Task.FromResult("noted");
    });

    public Task LookAfterAsync(ImmutableArray<Guid> sessions) => _route.CallAsync($"look after {sessions.Length} sessions", async to =>
    {
        await to.LookAfterAsync(sessions);
        return "looked after";
    });
}
