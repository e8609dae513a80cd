using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Verification.Simulation.Clients;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Coordination;

/// <summary>Makes what sessions and locks run on, combined as in the hosting code, for clients and for silos.</summary>
internal sealed class CoordinationSource(SimulatedCluster cluster, Recorder recorder)
{
    /// <summary>Silos count as clients, too, because their keepers write.</summary>
    private const int SilosFrom = 300;

    private readonly SessionEnds _ends = new(cluster);

    /// <summary>Begins the keepers, lines and rounds of a silo that has just started.</summary>
    public SiloCoordination Begin(SimulatedSilo silo)
    {
        var machine = silo.Machine;
        var number = SilosFrom + Array.FindIndex([.. cluster.Silos], each => each == silo);
        var parts = cluster.Parts.Keeping(New(machine, new SimulatedGateways(cluster, machine, [silo]), number));
        var grains = GrainFactoryProxy.Create((grain, key) => cluster.Reference(grain, machine, silo.Name, key));
        return new SiloCoordination(machine, parts, grains);
    }

    /// <summary>Makes what the sessions and locks of a client are made of.</summary>
    /// <param name="machine">The client's process.</param>
    /// <param name="number">The client's number.</param>
    public CoordinationParts Of(Machine machine, int number) => cluster.Parts.Coordinating(New(machine, new SimulatedGateways(cluster, machine, cluster.Silos), number));

    private CoordinationParts New(Machine machine, SimulatedGateways ways, int number)
    {
        var options = SimulatedClient.DrawOptions(cluster.Dice);
        var gateways = new GatewayMonitor(ways, options, machine.Clock, NullLogger<GatewayMonitor>.Instance);
        machine.Post(() => _ = gateways.RunAsync(CancellationToken.None));
        var registers = new RegisterClient(gateways, options, machine.Clock, cluster.Dice.NewId, mayBeReserved: true);
        return new CoordinationParts(
            new RecordedRegisters(registers, cluster, recorder, _ends, number),
            new Keepers(gateways),
            new WaitingLines(gateways, options, machine.Clock),
            machine.Clock,
            options.ClockRateTolerance,
            cluster.Dice.NewId,
            machine);
    }
}
