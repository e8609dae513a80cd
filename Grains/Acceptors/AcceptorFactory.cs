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
    /// <returns>Null if the silo has no storage for one.</returns>
    public Acceptor? Create(string name)
    {
        if (Storage is not { } storage)
            return null;
        var acceptor = new Acceptor(new AcceptorStorage(storage, name, UniqueId.New), peers, options.Value, end.Invoke, missed, logger);
        Interlocked.Exchange(ref _current, acceptor)?.Stop();
        acceptor.BeginForgetting();
        return acceptor;
    }
}

/// <summary>Ends a register that is deleted, at every acceptor.</summary>
internal delegate Task EndRegister(string register);
