namespace QuickStart.Tests;

public sealed class DeploymentsTests(PaxosCluster cluster) : IClassFixture<PaxosCluster>
{
    [Fact]
    public async Task OfTwoDeploymentsAtOnce_OneMovesOn_AlsoWithoutOneOfThreeSilos()
    {
        var deployments = new Deployments(cluster.Registers);
        Assert.Null(await deployments.CurrentAsync());

        var moved = await Task.WhenAll(deployments.TryMoveOnAsync("a"), deployments.TryMoveOnAsync("b"));
        Assert.Contains(true, moved);
        Assert.Equal(moved.Count(each => each), (await deployments.CurrentAsync())!.Number);

        await cluster.KillAsync(2);
        Assert.True(await deployments.TryMoveOnAsync("c"));
        Assert.Equal("c", (await deployments.CurrentAsync())!.Note);
    }
}
