using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>The cost of a decision: the operations of the accounts, counted in their access logs.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class CostTests
{
    private static readonly byte[] Value = new byte[200];

    /// <summary>Longer than a busy machine takes. An acceptor that is late would be asked in another way, which costs more requests.</summary>
    private static readonly TimeSpan AcceptorTimeout = TimeSpan.FromMinutes(1);

    /// <summary>A machine that is too busy to answer within 300 ms causes a call to be sent twice, which is not the steady state.</summary>
    private static readonly Action<PaxosClientOptions> WithoutHedges = options => options.HungAfter = options.HedgeAfter = TimeSpan.FromSeconds(9);

    [Fact]
    public async Task In_steady_state_a_write_is_one_write_at_each_account_and_a_read_one_read()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts, AcceptorTimeout);
        await using var gateways = new ClusterGateways(cluster.Gateways, WithoutHedges);
        for (var write = 0; write < 5; write++)
            await WriteAsync(gateways.Client);
        await UntilAllHaveAsync(cluster, version: 5);

        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(["PUT 204", "PUT 204", "PUT 204"], await RequestsOfAsync(accounts, each: 1, () => WriteAsync(gateways.Client)));
            Assert.Equal(["GET 200", "GET 200", "GET 200"], await RequestsOfAsync(accounts, each: 1, () => gateways.Client.ReadAsync("cost")));
        }
    }

    [Fact]
    public async Task The_first_write_of_a_register_is_three_writes_and_six_reads_at_each_account()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts, AcceptorTimeout);
        await using var gateways = new ClusterGateways(cluster.Gateways, WithoutHedges);
        await WriteAsync(gateways.Client);
        await WriteAsync(gateways.Client); // begins at an acceptor when all of the first has ended there
        await UntilAllHaveAsync(cluster, version: 2);

        string[] each = ["GET 404", "GET 404", "GET 200", "POST 204", "GET 404", "GET 200", "PUT 204", "PUT 204", "GET 200"]; // record, watermark, identity; empty record, both again; page of names, record; identity
        var requests = await RequestsOfAsync(accounts, each.Length, () => gateways.Client.ChangeAsync("first", Change.Set(Value)));
        Assert.Equal([.. each, .. each, .. each], requests);
    }

    private static async Task WriteAsync(IRegisterClient client) =>
        Assert.Equal(ChangeStatus.Applied, (await client.ChangeAsync("cost", Change.Set(Value))).Status);

    /// <summary>
    /// Waits until every acceptor has stored a version, so that no request of an earlier write is under way: a write waits for a majority only. And until none looks
    /// for what it has missed, as after its start.
    /// </summary>
    private static async Task UntilAllHaveAsync(AzureCluster cluster, long version)
    {
        while ((await cluster.StatusAsync()).Any(static acceptor => acceptor.CatchUp?.Since is not null))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        foreach (var acceptor in cluster.Silos)
        {
            while (await cluster.VersionAtAsync(acceptor, "cost") < version)
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>Returns the operations of a call on all accounts, including the last one, whose answer the call does not wait for.</summary>
    private static async Task<IEnumerable<string>> RequestsOfAsync(StorageAccounts accounts, int each, Func<Task> call)
    {
        var before = await RequestsAsync(accounts);
        await call();
        var returned = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var since = (await RequestsAsync(accounts)).Zip(before, (now, then) => now.RemoveRange(0, then.Length)).ToArray();
            if (since.All(requests => requests.Length >= each) || TimeProvider.System.GetElapsedTime(returned) > AcceptorTimeout)
                return since.SelectMany(requests => requests);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static Task<ImmutableArray<string>[]> RequestsAsync(StorageAccounts accounts) =>
        Task.WhenAll(accounts.All.Select(account => account.RequestsAsync()));
}
