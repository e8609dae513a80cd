using static Orleans.Paxos.Tests.Client.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>A refusal that is not final may be contradicted by another copy of the same request.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void Alone_it_is_the_answer() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(Refused(4, final: false));

        Assert.Equal(ChangeStatus.VersionMismatch, (await bench.ChangeAsync()).Status);
        Assert.Single(bench.Sent());
    });

    [Fact]
    public void Another_copy_under_way_is_waited_for_and_decides() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(350);
            return Refused(4, final: false);
        };
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = async (_, _) =>
        {
            await world.Sleep(200);
            return Decided(Applied(5));
        };

        Assert.Equal(ChangeStatus.Applied, (await bench.ChangeAsync()).Status);
        Assert.Equal(500, world.Now);
    });

    [Fact]
    public void A_final_refusal_decides_whatever_is_under_way() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Never<ChangeOutcome>();
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Decided(Refused(4, final: true)));

        Assert.Equal(ChangeStatus.VersionMismatch, (await bench.ChangeAsync()).Status);
        Assert.Equal(300, world.Now);
    });

    [Fact]
    public void Copies_that_wrote_nothing_for_sure_do_not_stand_in_its_way() => World.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(400);
            return Refused(4, final: false);
        };
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => Task.FromResult(Unavailable());

        Assert.Equal(ChangeStatus.VersionMismatch, (await bench.ChangeAsync()).Status);
        Assert.Equal(400, world.Now);
    });

    [Fact]
    public void After_a_copy_that_failed_it_is_asked_again() => World.Run(async world =>
    {
        var bench = new Bench(world);
        var proposals = 0;
        bench.Cluster.Change = async _ =>
        {
            await world.Sleep(350);
            return Refused(4, final: false);
        };
        bench.Cluster.Read = (_, _) => Never<RegisterEntry?>();
        bench.Cluster.Propose = (_, _) => ++proposals == 1 ? throw new TimeoutException() : Task.FromResult(Decided(Refused(6, final: true)));

        Assert.Equal(6, (await bench.ChangeAsync()).Version);
    });
}
