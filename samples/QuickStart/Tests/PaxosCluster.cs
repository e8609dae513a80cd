using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos;
using Orleans.TestingHost;

namespace QuickStart.Tests;

/// <summary>Three silos in this process, each an acceptor with its own folder, and a client.</summary>
public sealed class PaxosCluster : IAsyncLifetime
{
    private static readonly string[] Silos = ["Silo_0", "Silo_1", "Silo_2"]; // as the test cluster names them

    private readonly string _data = Directory.CreateTempSubdirectory("quickstart-").FullName;
    private readonly InProcessTestCluster _cluster;

    public PaxosCluster()
    {
        var builder = new InProcessTestClusterBuilder((short)Silos.Length);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((options, silo) => silo.AddPaxos(paxos =>
        {
            paxos.Acceptors = [.. Silos];
            paxos.UseSqliteStorage(Path.Combine(_data, options.SiloName));
        }));
        builder.ConfigureClient(client => client.AddPaxos());
        _cluster = builder.Build();
    }

    public IRegisters Registers => _cluster.Client.ServiceProvider.GetRequiredService<IRegisters>();

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public Task KillAsync(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo]);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
