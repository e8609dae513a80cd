using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>A proposal from a silo that is configured with another epoch of the acceptor set (I10). No acceptor may answer it.</summary>
internal static class ForeignProposal
{
    public static void Send(SimulatedCluster cluster, SimulatedSilo silo, string register)
    {
        var machine = silo.ProposerMachine;
        var peers = new AcceptorPeers(
            cluster.ForeignSet, acceptor => new RemoteAcceptor(new AcceptorReference(cluster, machine, acceptor), machine.Clock), cluster.Options.AcceptorTimeout, machine.Clock);
        var proposer = new Proposer(
            peers, new BallotSource(cluster.Dice.NewId), cluster.Options, cluster.Dice.Fork(), NullLogger<Proposer>.Instance);
        var change = new ChangeRequest(cluster.Dice.NewId(), Change.Set([0]), machine.Clock.GetUtcNow(), Floor: 0);
        machine.Post(() => _ = proposer.ProposeAsync(new ProposeRequest(register, [change], Prepared: null)));
    }
}
