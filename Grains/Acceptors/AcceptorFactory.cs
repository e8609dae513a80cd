using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>Creates the acceptor of a silo on the silo's storage.</summary>
internal sealed class AcceptorFactory(
    IServiceProvider services,
    AcceptorPeers peers,
    IOptions<PaxosOptions> options,
    EndRegister end,
    MissedWrites missed,
    ILogger<Acceptor> logger)
{
    private Acceptor? _current;

    /// <summary>
    /// Makes the acceptor for an activation. Orleans may still run an earlier activation, if its end was cut short; that one answers
    /// nothing from now on.
    /// </summary>
    public Acceptor Create(string name)
    {
        if (!peers.Set.Names.Contains(name))
            throw new InvalidOperationException($"There is no acceptor '{name}' in the set [{peers.Set}].");
        var storage = services.GetRequiredKeyedService<IGrainStorage>(PaxosStorage.ProviderName);
        var acceptor = new Acceptor(new AcceptorStorage(storage, name, UniqueId.New), peers, options.Value, end.Invoke, missed, logger);
        Interlocked.Exchange(ref _current, acceptor)?.Stop();
        acceptor.BeginForgetting();
        return acceptor;
    }
}

/// <summary>Ends a register that is deleted, at every acceptor.</summary>
internal delegate Task EndRegister(string register);
