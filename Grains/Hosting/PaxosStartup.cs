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
            if (peers.All.FirstOrDefault(peer => peer.Name == silo.Name) is { } own)
                _ = own.TryAskAsync(grain => grain.StatusAsync());
            return Task.CompletedTask;
        });
    }
}
