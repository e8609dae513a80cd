using Orleans.Paxos.Client.Typed;
using Orleans.Paxos.Tests.Client.Fakes;
using static Orleans.Paxos.Tests.Client.Fakes.Answers;

namespace Orleans.Paxos.Tests.Client;

/// <summary>A fence goes with every copy of a change.</summary>
public sealed class FencedChangeTests
{
    private static readonly Fence Fence = new("jobs/nightly", 7);

    [Fact]
    public void TheFenceOfTheOptions_IsOnTheChangeThatIsSent() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(Applied(1));
        var options = new ChangeOptions(Floor: 0) { Fence = Fence };
        var register = new TypedRegisters(bench.Client).Get<string>(Bench.Register);

        await register.SetAsync("a", options);
        await register.CompareAndSetAsync("a", 1, options);
        await register.DecideAsync("a", options);
        await register.DeleteAsync(1, options);
        await register.SetAsync("a", options with { Fence = null });

        Assert.Equal([Fence, Fence, Fence, Fence, null], bench.Requests().Select(request => request.Change.Fence));
    });

    [Fact]
    public void AChangeKeepsItsOwnFence_UnlessTheOptionsHaveOne() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);
        bench.Cluster.Change = _ => Task.FromResult(Applied(1));
        var change = Bench.Write with { Fence = new Fence("other", 1) };

        await bench.Client.ChangeAsync(Bench.Register, change, new ChangeOptions(Floor: 0));
        await bench.Client.ChangeAsync(Bench.Register, change, new ChangeOptions(Floor: 0) { Fence = Fence });

        Assert.Equal([new Fence("other", 1), Fence], bench.Requests().Select(request => request.Change.Fence));
    });

    [Fact]
    public void AFenceThatIsNone_IsRefusedBeforeAnythingIsSent() => ClientWorld.Run(async world =>
    {
        var bench = new Bench(world);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => bench.ChangeAsync(new ChangeOptions(Floor: 0) { Fence = new Fence("jobs/nightly", 0) }));

        Assert.Contains("token is 0", error.Message);
        Assert.Empty(bench.Sent());
    });
}
