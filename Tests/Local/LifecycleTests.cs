using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Local;

namespace Orleans.Paxos.Tests.Local;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Stages_start_upwards_and_stop_downwards()
    {
        var log = new List<string>();
        await using var cluster = await Clusters.StartAsync(1, builder => builder.ConfigureSilo((_, silo) => silo.Services
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Participant(log, ServiceLifecycleStage.Active, ServiceLifecycleStage.First))
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Participant(log, ServiceLifecycleStage.ApplicationServices))
            .AddSingleton<IHostedService>(new Hosted(log))));
        await cluster.StopSiloAsync("a");
        Assert.Equal(
            [
                "start First", "start ApplicationServices", "start Active", "start hosted",
                "stop hosted", "stop Active", "stop ApplicationServices", "stop First",
            ],
            log);
    }

    [Fact]
    public async Task A_kill_stops_nothing()
    {
        var log = new List<string>();
        await using var cluster = await Clusters.StartAsync(1, builder => builder.ConfigureSilo((_, silo) => silo.Services
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Participant(log, ServiceLifecycleStage.Active))));
        await cluster.KillSiloAsync("a");
        Assert.Equal(["start Active"], log);
    }

    [Fact]
    public async Task A_silo_that_fails_to_start_stops_what_had_started_and_takes_no_calls()
    {
        var log = new List<string>();
        var cluster = new LocalClusterBuilder().AddSilo("a").ConfigureSilo((_, silo) => silo.Services
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Participant(log, ServiceLifecycleStage.First, ServiceLifecycleStage.Last))
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new Failing())).Build();
        await using (cluster)
        {
            await Assert.ThrowsAsync<MarkedException>(() => cluster.StartAsync());
            Assert.Equal(["start First", "stop First"], log);
            await Assert.ThrowsAsync<SiloUnavailableException>(() => cluster.Client.GetGrain<INearGrain>("one").WhereAsync());
        }
    }

    private sealed class Participant(List<string> log, params int[] stages) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle)
        {
            foreach (var stage in stages)
                lifecycle.Subscribe("test", stage, _ => Note("start", stage), _ => Note("stop", stage));
        }

        private Task Note(string what, int stage)
        {
            log.Add($"{what} {stage switch
            {
                ServiceLifecycleStage.First => "First",
                ServiceLifecycleStage.ApplicationServices => "ApplicationServices",
                ServiceLifecycleStage.Active => "Active",
                _ => "Last",
            }}");
            return Task.CompletedTask;
        }
    }

    private sealed class Failing : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) =>
            lifecycle.Subscribe("failing", ServiceLifecycleStage.ApplicationServices, _ => throw new MarkedException("cannot start"));
    }

    private sealed class Hosted(List<string> log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            log.Add("start hosted");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            log.Add("stop hosted");
            return Task.CompletedTask;
        }
    }
}
