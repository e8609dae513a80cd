using Orleans.Paxos.Client.Hosting;

namespace Orleans.Paxos;

/// <summary>Adds Orleans.Paxos to an Orleans client.</summary>
public static class PaxosClientBuilderExtensions
{
    /// <summary>
    /// Adds <see cref="IRegisters"/> and <see cref="IRegisterClient"/>. In addition to the application's own client, they keep one
    /// connection to each gateway that the cluster lists, so that a hung silo delays nothing that another silo can do.
    /// </summary>
    /// <param name="builder">The client's builder. The cluster's id and clustering can be configured before or after this call.</param>
    /// <param name="configure">Changes the options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <remarks>Options that cannot work stop the host when it starts, with an exception that names every mistake.</remarks>
    public static IClientBuilder AddPaxos(this IClientBuilder builder, Action<PaxosClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddGatewaySource();
        builder.Services.AddPaxosRegisters(configure);
        return builder;
    }
}
