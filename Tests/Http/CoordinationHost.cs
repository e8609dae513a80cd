using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Silo.Http;
using Orleans.Paxos.Tests.Cluster;

namespace Orleans.Paxos.Tests.Http;

/// <summary>The HTTP interfaces of two silos of one cluster, on free ports. The tests that share it use names of their own.</summary>
public sealed class CoordinationHost : IAsyncLifetime
{
    private readonly List<WebApplication> _apps = [];
    private TestCluster? _cluster;

    internal HttpClient Client { get; private set; } = new();

    internal HttpClient Other { get; private set; } = new();

    /// <summary>The addresses of both, as <c>PAXOS_URL</c> takes them.</summary>
    internal string Urls => string.Join(',', _apps.Select(static app => app.Urls.Single()));

    /// <summary>Sessions and locks past HTTP.</summary>
    internal ICoordination Coordination => _cluster!.CoordinationOf(_cluster.Silos[2]);

    internal IRegisters Registers => _cluster!.RegistersOf(_cluster.Silos[2]);

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        Client = await StartAsync(_cluster.Silos[0]);
        Other = await StartAsync(_cluster.Silos[1]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Other.Dispose();
        foreach (var app in _apps)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    private async Task<HttpClient> StartAsync(string silo)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddHttpInterface();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_cluster!.ServicesOf(silo).GetRequiredService<IRegisterClient>());
        builder.Services.AddSingleton(_cluster.ServicesOf(silo).GetRequiredService<CoordinationParts>());
        builder.Services.AddSingleton(new HttpOptions { MaxValueBytes = 10_000, HeartbeatInterval = TimeSpan.FromMilliseconds(50) });
        var app = builder.Build();
        app.MapHttpInterface();
        await app.StartAsync();
        _apps.Add(app);
        return new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }
}

/// <summary>Tests that need sessions over HTTP share one cluster.</summary>
[CollectionDefinition(nameof(CoordinationHost))]
public sealed class CoordinationHostCollection : ICollectionFixture<CoordinationHost>;
