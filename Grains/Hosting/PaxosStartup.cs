using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Hosting;

/// <summary>Refuses invalid options before the silo starts, and activates its acceptor so that it announces itself at once.</summary>
internal sealed class PaxosStartup(IServiceProvider services, ILocalSiloDetails silo) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(PaxosStartup), ServiceLifecycleStage.First, token =>
        {
            _ = services.GetRequiredService<IOptions<PaxosOptions>>().Value;
            return Task.CompletedTask;
        });
        lifecycle.Subscribe(nameof(PaxosStartup), ServiceLifecycleStage.Active, token =>
        {
            var peers = services.GetRequiredService<AcceptorPeers>();
            if (services.GetRequiredService<AcceptorFactory>().HasStorage)
                _ = peers.PeerOf(silo.Name).TryAskAsync(grain => grain.StatusAsync());
            return Task.CompletedTask;
        });
    }
}
