using Orleans.Paxos.Tests.Cluster;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Accounts that are killed, hang, and come back with their data.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class LostAccountTests(ITestOutputHelper output)
{
    private const int Writers = 32;

    private static readonly Action<PaxosClientOptions> Patient = options => options.RequestTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task One_account_after_another_is_killed_and_comes_back_and_no_write_fails_or_is_lost()
    {
        await using var accounts = await StorageAccounts.StartAsync(durable: true);
        await using var cluster = await AzureCluster.StartAsync(accounts);
        await using var gateways = new ClusterGateways(cluster.Gateways, Patient);
        var load = new AccountLoad(gateways.Client, Writers);
        await load.RunForAsync(writes: 200);

        load.Begin("first account killed");
        await accounts[0].KillAsync();
        await load.RunForAsync(writes: 300);
        await cluster.UntilAsync(standings => standings[0] == AcceptorStanding.StorageUnavailable);
        load.Begin("back");
        await accounts[0].StartAgainAsync();
        await cluster.UntilAsync(standings => standings[0] == AcceptorStanding.Voting);
        await load.RunForAsync(writes: 300);

        load.Begin("second account killed");
        await accounts[1].KillAsync();
        await load.RunForAsync(writes: 300);
        load.Begin("back");
        await accounts[1].StartAgainAsync();
        await cluster.UntilAsync(standings => standings.All(standing => standing == AcceptorStanding.Voting));
        await load.RunForAsync(writes: 200);
        await load.StopAsync();

        output.WriteLine(load.Describe());
        Assert.Empty(load.Failures);
        await load.VerifyAsync();
        await load.AllAcceptorsCatchUpAsync(cluster);
    }

    [Fact]
    public async Task An_account_that_hangs_holds_up_no_write()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts);
        await using var gateways = new ClusterGateways(cluster.Gateways, Patient);
        var load = new AccountLoad(gateways.Client, Writers);
        await load.RunForAsync(writes: 200);
        load.Begin("one account hangs");
        await accounts[2].SignalAsync("STOP");
        await load.RunForAsync(writes: 300);
        await cluster.UntilAsync(standings => standings[2] == AcceptorStanding.StorageUnavailable);
        load.Begin("it goes on");
        await accounts[2].SignalAsync("CONT");
        await cluster.UntilAsync(standings => standings[2] == AcceptorStanding.Voting);
        await load.StopAsync();

        output.WriteLine(load.Describe());
        Assert.Empty(load.Failures);
        await load.VerifyAsync();
    }

    [Fact]
    public async Task After_all_accounts_were_killed_and_started_again_everything_acknowledged_is_there()
    {
        await using var accounts = await StorageAccounts.StartAsync(durable: true);
        await using var cluster = await AzureCluster.StartAsync(accounts);
        await using var gateways = new ClusterGateways(cluster.Gateways);
        var load = new AccountLoad(gateways.Client, Writers);
        await load.RunForAsync(writes: 200);
        await Task.WhenAll(accounts.All.Select(account => account.KillAsync()));
        await load.StopAsync();
        foreach (var account in accounts.All)
            await account.StartAgainAsync();
        await cluster.UntilAsync(standings => standings.All(standing => standing == AcceptorStanding.Voting));

        await load.VerifyAsync();
        Assert.Equal(ChangeStatus.Applied, (await gateways.Client.ChangeAsync("after", Change.Set(Requests.Bytes("1")))).Status);
    }

    [Fact]
    public async Task A_silo_starts_while_its_account_is_down_and_votes_when_it_is_there()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await accounts[1].KillAsync();
        var starting = AzureCluster.StartAsync(accounts);
        await accounts[1].StartAgainAsync();
        await using var cluster = await starting;
        await using var gateways = new ClusterGateways(cluster.Gateways, Patient);
        Assert.Equal(ChangeStatus.Applied, (await gateways.Client.ChangeAsync("r", Change.Set(Requests.Bytes("1")))).Status);
    }

    [Fact]
    public async Task An_account_that_nobody_uses_is_missed_as_soon_as_the_status_is_asked_for()
    {
        await using var accounts = await StorageAccounts.StartAsync(durable: true);
        await using var cluster = await AzureCluster.StartAsync(accounts);
        await accounts[1].KillAsync();
        await cluster.UntilAsync(standings => standings[1] == AcceptorStanding.StorageUnavailable);
        Assert.Contains("cannot be reached", (await cluster.StatusAsync())[1].Detail);
        await accounts[1].StartAgainAsync();
        await cluster.UntilAsync(standings => standings[1] == AcceptorStanding.Voting);
    }
}
