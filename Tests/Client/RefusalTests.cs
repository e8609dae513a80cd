using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>Every refusal is final: no copy of the same request was or will be applied.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void A_refusal_decides_whatever_is_under_way() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Refused(4));

        Assert.Equal(ChangeStatus.VersionMismatch, (await bench.ChangeAsync()).Status);
        Assert.Equal(300, world.Now);
    });

    [Fact]
    public void A_refusal_decides_after_a_copy_that_failed() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => throw new TimeoutException();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Refused(4));

        Assert.Equal(ChangeStatus.VersionMismatch, (await bench.ChangeAsync()).Status);
        Assert.Equal(0, world.Now);
    });
}
