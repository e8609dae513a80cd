using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>Sessions and locks on silos.</summary>
public sealed class ClusterCoordinationTests
{
    [Fact]
    public async Task A_lock_goes_from_silo_to_silo_with_rising_tokens()
    {
        await using var cluster = await TestCluster.StartAsync();
        var tokens = new List<long>();
        var waiting = cluster.Silos.Select(silo => cluster.CoordinationOf(silo)).Select(async coordination =>
        {
            for (var round = 0; round < 5; round++)
            {
                await using var held = await coordination.Lock("jobs/nightly").AcquireAsync(cancellationToken: TestContext.Current.CancellationToken);
                Assert.True(held.IsHeld);
                lock (tokens)
                    tokens.Add(held.Token);
                await held.ReleaseAsync(TestContext.Current.CancellationToken);
            }
        });
        await Task.WhenAll(waiting);
        Assert.Equal(15, tokens.Count);
        Assert.Equal(tokens.Order().Distinct(), tokens);
        Assert.Null(await cluster.CoordinationOf(cluster.Silos[0]).Lock("jobs/nightly").ReadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_belongs_to_a_session_goes_with_it()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (here, there) = (cluster.CoordinationOf(cluster.Silos[0]), cluster.RegistersOf(cluster.Silos[1]));
        var session = await here.OpenSessionAsync(new SessionOptions { TimeToLive = TimeSpan.FromSeconds(15), Owner = "one" }, TestContext.Current.CancellationToken);
        Assert.True((await session.SetAsync("services/web/1", "http://one", TestContext.Current.CancellationToken)).Applied);
        Assert.Equal("http://one", (await there.Get<string>("services/web/1").GetAsync(cancellationToken: TestContext.Current.CancellationToken)).Value);
        var listed = await cluster.CoordinationOf(cluster.Silos[2]).ListSessionsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("one", "services/web/1"), (listed.Owner, listed.Registers.Single()));
        await session.CloseAsync(TestContext.Current.CancellationToken);
        Assert.False((await there.Get<string>("services/web/1").GetAsync(cancellationToken: TestContext.Current.CancellationToken)).Exists);
        Assert.Empty(await here.ListSessionsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_silo_that_is_lost_ends_nobodys_session_and_holds_up_no_lock(bool isKilled)
    {
        await using var cluster = await TestCluster.StartAsync();
        var coordination = cluster.CoordinationOf(cluster.Silos[0]);
        var options = new SessionOptions { TimeToLive = TimeSpan.FromSeconds(3) };
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => coordination.OpenSessionAsync(options, TestContext.Current.CancellationToken)));
        var held = await coordination.Lock("l").AcquireAsync(new AcquireOptions { Session = sessions[0] }, TestContext.Current.CancellationToken);
        var waiting = cluster.CoordinationOf(cluster.Silos[1]).Lock("l").AcquireAsync(cancellationToken: TestContext.Current.CancellationToken);
        if (isKilled)
            await cluster.KillAsync(cluster.Silos[2]);
        else
            cluster.Hang(cluster.Silos[2]);
        await Task.Delay(2 * options.TimeToLive, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.All(sessions, static session => Assert.False(session.Lost.IsCancellationRequested));
        Assert.False(waiting.IsCompleted);
        await held.ReleaseAsync(TestContext.Current.CancellationToken);
        Assert.True((await waiting).Token > held.Token);
        if (!isKilled)
            cluster.Resume(cluster.Silos[2]);
    }
}
