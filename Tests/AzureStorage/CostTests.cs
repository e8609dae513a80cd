using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>The cost of a decision: the operations of the accounts, counted in their access logs, and the time compared with a plain grain.</summary>
[Collection(nameof(AzuriteTests))]
public sealed class CostTests(ITestOutputHelper output)
{
    private static readonly byte[] Value = new byte[200];

    /// <summary>A machine that is too busy to answer within 300 ms causes a call to be sent twice, which is not the steady state.</summary>
    private static readonly Action<PaxosClientOptions> WithoutHedges = options => options.HungAfter = options.HedgeAfter = TimeSpan.FromSeconds(9);

    [Fact]
    public async Task In_steady_state_a_write_is_one_write_at_each_account_and_a_read_one_read()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts);
        await using var gateways = new ClusterGateways(cluster.Gateways, WithoutHedges);
        for (var write = 0; write < 5; write++)
            await WriteAsync(gateways.Client);
        await UntilIdleAsync(accounts);

        for (var round = 0; round < 20; round++)
        {
            Assert.Equal(["PUT 204", "PUT 204", "PUT 204"], await RequestsOfAsync(accounts, () => WriteAsync(gateways.Client)));
            Assert.Equal(["GET 200", "GET 200", "GET 200"], await RequestsOfAsync(accounts, () => gateways.Client.ReadAsync("cost")));
        }
    }

    [Fact]
    public async Task The_first_write_of_a_register_is_two_writes_and_three_reads_at_each_account()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts);
        await using var gateways = new ClusterGateways(cluster.Gateways, WithoutHedges);
        await WriteAsync(gateways.Client);
        await UntilIdleAsync(accounts);

        var requests = await RequestsOfAsync(accounts, () => gateways.Client.ChangeAsync("first", Change.Set(Value)));

        string[] each = ["GET 404", "GET 200", "PUT 204", "POST 204", "GET 200"]; // record, identity; page of names, record; identity again
        Assert.Equal([.. each, .. each, .. each], requests);
    }

    [Fact]
    public async Task The_time_of_a_replicated_write_is_stated_beside_that_of_a_plain_grain()
    {
        const int Rounds = 300;
        await using var accounts = await StorageAccounts.StartAsync();
        await using var cluster = await AzureCluster.StartAsync(accounts, (silo, account) => PlainStorage.AddTable(silo, account.ConnectionString));
        await using var gateways = new ClusterGateways(cluster.Gateways);
        var plain = cluster.Silos.Select(silo => cluster.GrainsOf(silo).GetGrain<IPlainGrain>($"plain at {silo}")).ToArray();
        var (one, two, replicated) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            one.Add(await MillisecondsAsync(() => plain[0].WriteAsync(Value)));
            two.Add(await MillisecondsAsync(() => MajorityAsync(plain)));
            await UntilIdleAsync(accounts);
            replicated.Add(await MillisecondsAsync(() => WriteAsync(gateways.Client)));
            await UntilIdleAsync(accounts);
        }

        var (plainTime, floor, time) = (Quartiles(one[(Rounds / 3)..]), Quartiles(two[(Rounds / 3)..]), Quartiles(replicated[(Rounds / 3)..]));
        output.WriteLine($"A plain grain on one account: p50 {plainTime}.");
        output.WriteLine($"Three plain grains on three accounts at once, the second to end: p50 {floor}, {floor.Middle / plainTime.Middle:0.00} times.");
        output.WriteLine($"A replicated write on these accounts: p50 {time}, {time.Middle / plainTime.Middle:0.00} times.");
    }

    /// <summary>The cost of any replication on this machine: writes to all accounts that wait for two of them.</summary>
    private static async Task MajorityAsync(IEnumerable<IPlainGrain> grains)
    {
        var writes = grains.Select(grain => grain.WriteAsync(Value)).ToList();
        writes.Remove(await Task.WhenAny(writes));
        await await Task.WhenAny(writes);
    }

    private static async Task WriteAsync(IRegisterClient client) =>
        Assert.Equal(ChangeStatus.Applied, (await client.ChangeAsync("cost", Change.Set(Value))).Status);

    private static async Task<double> MillisecondsAsync(Func<Task> action)
    {
        var started = TimeProvider.System.GetTimestamp();
        await action();
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }

    private static Spread Quartiles(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new Spread(sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
    }

    /// <summary>Counts the operations of a call on all accounts, including the last one, whose answer the call does not wait for.</summary>
    private static async Task<IEnumerable<string>> RequestsOfAsync(StorageAccounts accounts, Func<Task> call)
    {
        var before = Counts(accounts);
        await call();
        while (Counts(accounts).Zip(before).Any(counts => counts.First == counts.Second))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        await UntilIdleAsync(accounts);
        return accounts.All.Zip(before, (account, count) => account.Requests.Skip(count)).SelectMany(requests => requests);
    }

    /// <summary>Waits until no account has answered a request for a while, so that no request is in progress.</summary>
    private static async Task UntilIdleAsync(StorageAccounts accounts)
    {
        ImmutableArray<int> before;
        do
        {
            before = Counts(accounts);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
        while (!before.SequenceEqual(Counts(accounts)));
    }

    private static ImmutableArray<int> Counts(StorageAccounts accounts) => [.. accounts.All.Select(account => account.Requests.Count)];

    private sealed record Spread(double Low, double Middle, double High)
    {
        public override string ToString() => $"{Middle:0.00} ms (quartiles {Low:0.00} and {High:0.00})";
    }
}
