using System.Collections.Concurrent;
using Orleans.Paxos.Tests.Cluster;
using Orleans.Paxos.Verification.Chaos;
using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>
/// Two clusters with the same names use the same accounts: every acceptor runs twice, and both instances act as the acceptor.
/// A silo that is declared dead but still runs causes the same situation. Here it affects all silos for the whole test.
/// </summary>
[Collection(nameof(AzuriteTests))]
public sealed class ZombieTests(ITestOutputHelper output)
{
    private const int ClientsOfACluster = 4;
    private const int CallsOfAClient = 100;

    private static readonly string[] Registers = ["zombie/a", "zombie/b", "zombie/c"];

    [Fact]
    public async Task Two_hosts_of_every_acceptor_on_one_account_make_one_chain_that_is_linearizable()
    {
        await using var accounts = await StorageAccounts.StartAsync();
        await using var first = await AzureCluster.StartAsync(accounts);
        await using var second = await AzureCluster.StartAsync(accounts);
        await using var firstGateways = new ClusterGateways(first.Gateways);
        await using var secondGateways = new ClusterGateways(second.Gateways);
        var clock = new RunClock(TimeProvider.System);
        var history = new ConcurrentQueue<Operation>();
        await Task.WhenAll(Enumerable.Range(0, 2 * ClientsOfACluster).Select(number => Task.Run(() =>
        {
            var client = number % 2 == 0 ? firstGateways.Client : secondGateways.Client;
            return new RecordedClient(client, clock, history, number).RunAsync(Registers, CallsOfAClient, seed: number);
        })));

        var verdict = LinearizabilityChecker.Check(history);
        var applied = history.Count(operation => operation.Answer == Answer.Applied);
        var applyingClients = history.Where(operation => operation.Answer == Answer.Applied).Select(operation => operation.Client % 2).Distinct().Count();
        output.WriteLine($"{history.Count} calls, {applied} changes applied, {history.Count(operation => !operation.IsAnswered)} without an answer: {verdict}");
        Assert.True(verdict.IsLinearizable, verdict.ToString());
        Assert.Equal(2, applyingClients);
        foreach (var register in Registers)
        {
            var seen = await Task.WhenAll(firstGateways.Client.ReadAsync(register), secondGateways.Client.ReadAsync(register));
            Assert.Equal(seen[0]!.RequestId, seen[1]!.RequestId);
        }
    }
}
