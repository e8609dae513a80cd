using Orleans.Configuration;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Configures what every silo of this process has in common.</summary>
internal static class SiloSetup
{
    /// <summary>Names the cluster and adds the silo's acceptor with its storage.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name of the silo and of its acceptor.</param>
    /// <param name="settings">The settings of the process.</param>
    public static void Add(ISiloBuilder silo, string name, SiloSettings settings)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, settings.ServiceId));
        silo.AddPaxos(paxos =>
        {
            settings.Paxos.CopyTo(paxos);
            if (settings.Storage == StorageKind.Sqlite)
                paxos.UseSqliteStorage(settings.DirectoryOf(name));
            else
                AzureHosting.UseAccount(paxos, settings.Storage, settings.Azure.Accounts[name], settings.Azure);
        });
        settings.Embedding?.Invoke(name, silo);
    }
}
