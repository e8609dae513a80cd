using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Verification.Simulation.Cluster;
using Orleans.Paxos.Verification.Simulation.World;

namespace Orleans.Paxos.Verification.Simulation.Faults;

/// <summary>
/// The watermarks of all registers' buckets are raised by any numbers at every acceptor before a register is used, as a restore does (docs/protocol.md,
/// "Forgetting"). Then no register may begin below.
/// </summary>
/// <param name="cluster">The cluster, in which all acceptors vote.</param>
/// <param name="registers">The registers.</param>
/// <param name="dice">Random numbers of its own.</param>
internal sealed class RaisedWatermarks(SimulatedCluster cluster, IReadOnlyList<string> registers, Dice dice)
{
    private const int HighestVersion = 100;
    private const int HighestRound = 30;

    private ImmutableArray<BucketWatermark> _raised = [];

    /// <summary>Sends the messages.</summary>
    public void Send()
    {
        _raised = [.. registers.Select(BucketOf).Distinct().Select(Draw)];
        var machine = dice.Pick(cluster.Silos).Machine;
        cluster.Trace.Line(machine.Place, $"raises watermarks: {string.Join(' ', _raised)}");
        foreach (var acceptor in cluster.Parts.Raising(cluster.Set.Names))
        {
            var to = new AcceptorReference(cluster, machine, acceptor);
            machine.Post(() => _ = to.RaiseAsync(new RaiseRequest(cluster.Set.Id, _raised)));
        }
    }

    /// <summary>The registers that have begun below, a sentence each.</summary>
    public IEnumerable<string> Broken() =>
        from register in registers
        let first = cluster.Monitor.ChainOf(register).Items.Keys.FirstOrDefault(long.MaxValue)
        from raised in _raised
        where raised.Bucket == BucketOf(register) && first <= raised.Version
        select $"Forgetting: register {register} begins with version {first}, and every acceptor was told to have it begin above {raised.Version}.";

    private int BucketOf(string register) => Watermarks.BucketOf(register, cluster.Options.NameBuckets);

    private BucketWatermark Draw(int bucket)
    {
        var version = dice.Between(0, HighestVersion);
        return new BucketWatermark(bucket, version, dice.Between(0, version), dice.Between(0, HighestRound));
    }
}
