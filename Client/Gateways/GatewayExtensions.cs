namespace Orleans.Paxos.Client.Gateways;

/// <summary>The grains that the client library calls.</summary>
internal static class GatewayExtensions
{
    /// <summary>Returns a proposer, on the gateway's own silo if proposers run there.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static IProposerGrain Proposer(this IGateway gateway) => gateway.Reference(ProposerKey.Any, static (known, key) => known.Proposer(key));

    /// <summary>Returns the proposer on the gateway's silo that sees all calls for a register.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static IProposerGrain ProposerOf(this IGateway gateway, string register) =>
        gateway.Reference(ProposerKey.Of(register), static (known, key) => known.Proposer(key));

    /// <summary>Returns the register's grain, wherever it runs.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static IConfigRegisterGrain Register(this IGateway gateway, string name) =>
        gateway.Reference(name, static (known, key) => known.Register(key));

    /// <summary>Returns the grain that follows prefixes on the gateway's own silo.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static IPrefixWatchGrain PrefixWatch(this IGateway gateway) => gateway.Reference("", static (known, _) => known.PrefixWatch);

    /// <summary>Returns the keeper of a session.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static ISessionKeeperGrain Keeper(this IGateway gateway, Guid session) =>
        gateway.Reference(SessionShare.Of(session), static (known, key) => known.Keeper(key));

    /// <summary>Returns the line of those who wait for a lock.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static IWaitingLineGrain Line(this IGateway gateway, string register) => gateway.Reference(register, static (known, key) => known.Line(key));

    /// <summary>Returns the grain of the acceptor set on the gateway's own silo.</summary>
    /// <exception cref="NotSentException">The gateway cannot create a reference to the grain.</exception>
    public static IAcceptorSetGrain AcceptorSet(this IGateway gateway) => gateway.Reference("", static (known, _) => known.AcceptorSet());

    private static TGrain Reference<TGrain>(this IGateway gateway, string key, Func<GrainReferences, string, TGrain> reference)
    {
        try
        {
            return reference(GrainReferences.Of(gateway.Grains), key);
        }
        catch (Exception exception)
        {
            throw new NotSentException(gateway.Name, exception);
        }
    }
}

/// <summary>A call was never sent: its gateway is not connected, or knows no silo that runs Orleans.Paxos.</summary>
internal sealed class NotSentException(string gateway, Exception innerException)
    : Exception($"Gateway {gateway} cannot be called: {innerException.Message}", innerException);
