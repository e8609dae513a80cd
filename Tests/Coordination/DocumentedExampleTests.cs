using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Paxos.Tests.Cluster;
using Orleans.Paxos.Tests.Deploy;

namespace Orleans.Paxos.Tests.Coordination;

/// <summary>The examples of docs/coordination.md: they stand here as they stand there, compile, and run.</summary>
public sealed class DocumentedExampleTests
{
    [Fact]
    public async Task The_examples_run()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var (coordination, registers) = (cluster.CoordinationOf(cluster.Silos[0]), cluster.RegistersOf(cluster.Silos[0]));
        foreach (var example in (Func<ICoordination, IRegisters, CancellationToken, Task>[])[LockAsync, SessionAsync, ElectionAsync, OthersAsync, CounterAsync, DiscoveryAsync])
            await example(coordination, registers, TestContext.Current.CancellationToken);
        Assert.Empty(await coordination.ListSessionsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_document_has_these_examples_and_no_others()
    {
        var source = Squeezed(File.ReadAllText(DeployedFiles.At("Tests", "Coordination", "DocumentedExampleTests.cs")));
        var examples = File.ReadAllText(DeployedFiles.At("docs", "coordination.md")).Split("```csharp")[1..].Select(part => part.Split("```")[0]).ToList();
        Assert.Equal(7, examples.Count);
        Assert.All(examples, example => Assert.Contains(Squeezed(example), source));
        Assert.All(examples, example => Assert.InRange(example.Trim().Split('\n').Length, 1, 10));
    }

    private static async Task LockAsync(ICoordination coordination, IRegisters registers, CancellationToken cancellationToken)
    {
        await using var held = await coordination.Lock("reports/nightly").AcquireAsync();
        var report = registers.Get<string>("reports/latest");
        var written = await report.SetAsync("done", new ChangeOptions { Fence = held.Fence }, held.Lost);
        if (written.Status == ChangeStatus.Fenced)
            throw new InvalidOperationException("Another process holds the lock by now.");
    }

    private static async Task SessionAsync(ICoordination coordination, IRegisters registers, CancellationToken cancellationToken)
    {
        await using var session = await coordination.OpenSessionAsync(new SessionOptions { TimeToLive = TimeSpan.FromSeconds(10), Owner = "worker 7" });
        await using var first = await coordination.Lock("accounts/1").AcquireAsync(new AcquireOptions { Session = session });
        await using var second = await coordination.Lock("accounts/2").TryAcquireAsync(new AcquireOptions { Session = session });
        if (second is null)
            await first.ReleaseAsync();
    }

    private static async Task ElectionAsync(ICoordination coordination, IRegisters registers, CancellationToken cancellationToken)
    {
        await using var leadership = await coordination.Election<string>("scheduler").CampaignAsync("http://10.0.0.7:8080");
        await leadership.ProclaimAsync("http://10.0.0.7:8081");
        await foreach (var leader in coordination.Election<string>("scheduler").ObserveAsync())
        {
            Console.WriteLine(leader is null ? "nobody leads" : $"{leader.Value} leads with token {leader.Token}");
            break;
        }
    }

    private static void AddSingleton(IServiceCollection services) =>
        services.AddPaxosSingleton<Scheduler>("scheduler", new SessionOptions { TimeToLive = TimeSpan.FromSeconds(15) });

    private static async Task OthersAsync(ICoordination coordination, IRegisters registers, CancellationToken cancellationToken)
    {
        await using var permit = await coordination.Semaphore("uploads", limit: 3).AcquireAsync();
        await using (await coordination.ReaderWriterLock("schema").AcquireReadAsync())
            Console.WriteLine("Others can read, too.");
        await using (await coordination.ReaderWriterLock("schema").AcquireWriteAsync(new AcquireOptions { Timeout = TimeSpan.FromSeconds(5) }))
            Console.WriteLine("Nobody else reads or writes.");
        await using var place = await coordination.Barrier("start", participants: 1).EnterAsync();
    }

    private static async Task CounterAsync(ICoordination coordination, IRegisters registers, CancellationToken cancellationToken)
    {
        var visits = registers.Counter("visits");
        var total = (await visits.AddAsync(1)).Current.Value;
        Assert.Equal(1, total);
    }

    private static async Task DiscoveryAsync(ICoordination coordination, IRegisters registers, CancellationToken cancellationToken)
    {
        await using var session = await coordination.OpenSessionAsync();
        await session.SetAsync("services/billing/7", "http://10.0.0.7:5000");
        await foreach (var changes in registers.WatchAsync<string>("services/billing/", cancellationToken: cancellationToken))
        {
            foreach (var (name, address) in changes.Values)
                Console.WriteLine(address.Exists ? $"{name}: {address.Value}" : $"{name} is gone");
            break;
        }
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private sealed class Scheduler : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
