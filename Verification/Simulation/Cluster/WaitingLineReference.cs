using Orleans.Paxos.Coordination;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Cluster;

/// <summary>The line of those who wait for a lock, as it appears to a client through one gateway.</summary>
internal sealed class WaitingLineReference(SimulatedCluster cluster, Machine from, string gateway, string register) : IWaitingLineGrain
{
    private readonly GrainRoute<WaitingLine> _route = new(cluster, from, gateway, $"line of {register}", silo => silo.FindLine(register));

    public Task<bool> EnterAsync(Guid ticket, TimeSpan wait) => _route.CallAsync($"stand in line for {register}", to => to.EnterAsync(ticket, wait));

    public Task LeaveAsync(Guid ticket) => _route.CallAsync($"leave the line for {register}", to =>
    {
        to.Leave(ticket);
        return Task.FromResult("left");
    });
}
