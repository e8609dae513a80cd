using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Paxos.Silo.Hosting.Membership;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Silo processes that share a folder, and the client library over TCP.</summary>
internal sealed class ClusterWithClient : IAsyncDisposable
{
    private readonly ImmutableArray<string> _set;
    private readonly string _data = Directory.CreateTempSubdirectory("cluster-").FullName;
    private readonly Dictionary<string, SiloUnderTest> _silos = [];
    private IHost? _client;

    private ClusterWithClient(ImmutableArray<string> set) => _set = set;

    public IRegisterClient Registers => _client!.Services.GetRequiredService<IRegisterClient>();

    public IAcceptorSetClient Acceptors => _client!.Services.GetRequiredService<IAcceptorSetClient>();

    /// <summary>Starts the silos of the acceptor set of the settings, and a client.</summary>
    public static async Task<ClusterWithClient> StartAsync(params ImmutableArray<string> set)
    {
        var cluster = new ClusterWithClient(set);
        try
        {
            await Task.WhenAll(set.Select(cluster.StartSiloAsync));
            await cluster.StartClientAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.StopAsync();
        _client?.Dispose();
        foreach (var silo in _silos.Values)
            await silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    public SiloUnderTest SiloOf(string name) => _silos[name];

    /// <summary>Starts a silo, of the set or a spare one, with the storage that it had.</summary>
    public async Task StartSiloAsync(string name)
    {
        var silo = await SiloUnderTest.ServeAsync(_data, null, "--silo", name, "--acceptor-set", string.Join(',', _set));
        lock (_silos)
            _silos[name] = silo;
    }

    /// <summary>Removes the storage of a silo that does not run.</summary>
    public void RemoveStorage(string name) => Directory.Delete(Path.Combine(_data, name), recursive: true);

    public async Task VotingAsync(string name)
    {
        while ((await Registers.StatusAsync()).Acceptors.Single(acceptor => acceptor.Acceptor == name).Standing != AcceptorStanding.Voting)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }

    private async Task StartClientAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("paxos", "paxos"));
            client.UseMembershipFile(Path.Combine(_data, "membership.db"));
            client.AddPaxos();
        });
        _client = builder.Build();
        await _client.StartAsync();
    }
}
