using Orleans.Paxos.Client.Hosting;

namespace Orleans.Paxos;

/// <summary>Adds Orleans.Paxos to an Orleans client.</summary>
public static class PaxosClientBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="IRegisters"/> and <see cref="IRegisterClient"/>. Beside the application's own client they hold one
    /// connection to each gateway that the cluster lists, so that a silo which hangs holds up nothing that another can do.
    /// </summary>
    /// <param name="builder">The client's builder, with the cluster's id and clustering configured before or after.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Options that cannot work stop the host at its start with an exception that names every mistake.</remarks>
    public static IClientBuilder AddPaxos(this IClientBuilder builder, Action<PaxosClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddGatewaySource();
        builder.Services.AddPaxosRegisters(configure);
        return builder;
    }
}
