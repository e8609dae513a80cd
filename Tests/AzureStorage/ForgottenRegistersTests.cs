using Azure.Data.Tables;
using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>What deleted registers leave in accounts.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class ForgottenRegistersTests
{
    private const int Names = 30;

    private static readonly byte[] Value = new byte[100];

    [Fact]
    public async Task Deleted_registers_leave_the_accounts_and_a_name_that_comes_back_begins_above_its_old_versions()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts, forgetAfter: TimeSpan.FromSeconds(1));
        await using var gateways = new ClusterGateways(cluster.Gateways);
        await WriteAsync(gateways.Client, "kept");
        for (var number = 0; number < Names; number++)
        {
            await WriteAsync(gateways.Client, $"jobs/{number}");
            Assert.Equal(ChangeStatus.Applied, (await gateways.Client.ChangeAsync($"jobs/{number}", Change.Delete())).Status);
        }

        while (!(await cluster.StatusAsync()).All(acceptor => acceptor.Registers == 1))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        foreach (var account in accounts.All)
            Assert.Single(await RecordsAsync(account));
        Assert.True((await WriteAsync(gateways.Client, "jobs/7")) > 2);
    }

    private static async Task<long> WriteAsync(IRegisterClient client, string name)
    {
        var outcome = await client.ChangeAsync(name, Change.Set(Value));
        Assert.Equal(ChangeStatus.Applied, outcome.Status);
        return outcome.Version;
    }

    private static async Task<List<TableEntity>> RecordsAsync(StorageAccount account) =>
        await new TableClient(account.ConnectionString, AzureStorageExtensions.DefaultName).QueryAsync<TableEntity>("RowKey eq 'register'").ToListAsync();
}
