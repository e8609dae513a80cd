using Orleans.Messaging;

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>Puts silos and clients of one machine onto a membership file.</summary>
internal static class MembershipFileExtensions
{
    /// <summary>Lets a silo find the others in a file.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="path">The file, the same for all.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder UseMembershipFile(this ISiloBuilder builder, string path)
    {
        builder.Services.AddSingleton(new MembershipFile(path));
        builder.Services.AddSingleton(_ => new SignOfLife($"{path}.alive"));
        builder.Services.AddSingleton<IMembershipTable, SqliteMembershipTable>();
        return builder;
    }

    /// <summary>Lets a client find the silos' gateways in a file.</summary>
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
