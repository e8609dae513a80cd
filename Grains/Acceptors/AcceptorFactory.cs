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

    /// <summary>Whether the silo has storage, and so an acceptor, which may be in the set or not.</summary>
    public bool HasStorage => Storage is not null;

    private IGrainStorage? Storage => services.GetKeyedService<IGrainStorage>(PaxosStorage.ProviderName);

    /// <summary>
    /// Makes the acceptor for an activation. Orleans may still run an earlier activation, if its end was cut short; that one answers
    /// nothing from now on.
    /// </summary>
    /// <exception cref="InvalidOperationException">The silo has no storage for an acceptor.</exception>
    public Acceptor Create(string name)
    {
        var storage = Storage ?? throw new InvalidOperationException(
            $"Silo '{name}' has no storage for an acceptor: give it a storage provider with the name '{PaxosStorage.ProviderName}'.");
        var acceptor = new Acceptor(new AcceptorStorage(storage, name, UniqueId.New), peers, options.Value, end.Invoke, missed, logger);
        Interlocked.Exchange(ref _current, acceptor)?.Stop();
        acceptor.BeginForgetting();
        return acceptor;
    }
}

/// <summary>Ends a register that is deleted, at every acceptor.</summary>
internal delegate Task EndRegister(string register);
