using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.Coordination;

public sealed class SingletonTests
{
    private static readonly SessionOptions Short = new() { TimeToLive = TimeSpan.FromSeconds(1.5) };

    [Fact]
    public async Task One_process_runs_the_service_and_another_begins_only_after_it_has_stopped()
    {
        await using var cluster = await TestCluster.StartAsync();
        var log = new Log();
        var hosts = cluster.Silos.Select(silo => Host(cluster.CoordinationOf(silo), log, silo)).ToList();
        foreach (var host in hosts)
            await host.StartAsync(TestContext.Current.CancellationToken);

        var first = await log.RunningAsync();
        await hosts[cluster.Silos.ToList().IndexOf(first)].StopAsync(TestContext.Current.CancellationToken);
        var second = await log.RunningAsync();
        Assert.NotEqual(first, second);

        cluster.Hang(second); // it cannot renew any more
        var third = await log.RunningAsync(not: second);
        Assert.NotEqual(second, third);
        cluster.Resume(second);

        foreach (var host in hosts)
        {
            await host.StopAsync(TestContext.Current.CancellationToken);
            host.Dispose();
        }

        Assert.Equal(1, log.MostAtOnce);
        Assert.Equal(log.Tokens.Order().Distinct(), log.Tokens);
    }

    [Fact]
    public async Task A_service_that_fails_begins_again()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var log = new Log { Failures = 1 };
        using var host = Host(cluster.CoordinationOf(cluster.Silos[0]), log, "only");
        await host.StartAsync(TestContext.Current.CancellationToken);
        await log.RunningAsync();
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, log.Tokens.Count);
    }

    [Fact]
    public void A_name_that_breaks_a_rule_is_refused_where_it_is_given() =>
        Assert.Throws<ArgumentException>(static () => new ServiceCollection().AddPaxosSingleton<Service>("a//b"));

    private static IHost Host(ICoordination coordination, Log log, string process)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(coordination).AddSingleton(TimeProvider.System).AddSingleton(log).AddSingleton(new ProcessName(process));
        builder.Services.AddLogging();
        builder.Services.AddPaxosSingleton<Service>("scheduler", Short);
        return builder.Build();
    }

    private sealed record ProcessName(string Value);

    /// <summary>What the services of all processes did.</summary>
    private sealed class Log
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _running = [];

        public ConcurrentQueue<long> Tokens { get; } = [];

        public int MostAtOnce { get; private set; }

        public int Failures { get; set; }

        public void Begins(string process, long token)
        {
            lock (_gate)
            {
                Tokens.Enqueue(token);
                if (Failures-- > 0)
                    throw new InvalidOperationException("The service fails.");
                _running.Add(process);
                MostAtOnce = Math.Max(MostAtOnce, _running.Count);
            }
        }

        public void Ends(string process)
        {
            lock (_gate)
                _running.Remove(process);
        }

        public async Task<string> RunningAsync(string? not = null)
        {
            while (true)
            {
                lock (_gate)
                {
                    if (_running.FirstOrDefault(process => process != not) is { } running)
                        return running;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    private sealed class Service(SingletonLeadership leadership, ProcessName process, Log log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            log.Begins(process.Value, leadership.Fence.Token);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
            }
            finally
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None); // it takes a moment to stop
                log.Ends(process.Value);
            }
        }
    }
}
