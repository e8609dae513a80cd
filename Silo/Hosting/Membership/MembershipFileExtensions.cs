using Orleans.Messaging;

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>Configures the silos and clients of one machine to use a membership file.</summary>
internal static class MembershipFileExtensions
{
    /// <summary>Uses a file for cluster membership.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="path">The file, the same for all silos.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder UseMembershipFile(this ISiloBuilder builder, string path)
    {
        builder.Services.AddSingleton(new MembershipFile(path));
        builder.Services.AddSingleton(_ => new SignOfLife($"{path}.alive"));
        builder.Services.AddSingleton<IMembershipTable, SqliteMembershipTable>();
        return builder;
    }

    /// <summary>Finds the gateways of the silos in a membership file.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="path">The file.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder UseMembershipFile(this IClientBuilder builder, string path)
    {
        builder.Services.AddSingleton(new MembershipFile(path));
        builder.Services.AddSingleton<IGatewayListProvider, SqliteGatewayList>();
        return builder;
    }
}
