using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>Runs the host that <c>./run.sh</c> starts, but in this process.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, IServiceProvider> _services;

    private EmbeddedHost(WebApplication app, ConcurrentDictionary<string, IServiceProvider> services) => (_app, _services) = (app, services);

    /// <summary>The register client, which uses the silos of this process.</summary>
    public IRegisterClient Registers => _app.Services.GetRequiredService<IRegisterClient>();

    /// <summary>Sessions and locks by these silos.</summary>
    public ICoordination Coordination => _app.Services.GetRequiredService<ICoordination>();

    /// <summary>Creates grain references that call through the first silo.</summary>
    public IGrainFactory Grains => _app.Services.GetRequiredService<IGatewaySource>().Current[0].Grains;

    /// <summary>The services of each silo.</summary>
    public IEnumerable<IServiceProvider> Silos => _services.Values;

    /// <summary>Starts the host and waits until every acceptor votes.</summary>
    /// <param name="data">The data directory of the acceptors.</param>
    /// <param name="acceptors">The number of acceptors, each with its own silo.</param>
    /// <param name="settings">Additional settings of the host, by key.</param>
    /// <param name="configure">Configures each silo.</param>
    public static async Task<EmbeddedHost> StartAsync(string data, int acceptors, IReadOnlyDictionary<string, string?> settings, Action<ISiloBuilder> configure)
    {
        var builder = SiloApplication.CreateBuilder(SiloCommandLine.Parse("--data", data, "--url", "http://127.0.0.1:0", "--acceptors", $"{acceptors}"));
        builder.Configuration.AddInMemoryCollection([.. settings, new("Logging:LogLevel:Default", "Error")]); // failures are in the report
        var services = new ConcurrentDictionary<string, IServiceProvider>();
        var siloSettings = SettingsReader.Read(builder.Configuration) with
        {
            Embedding = (name, silo) =>
            {
                silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => new Witness(services[name] = provider));
                configure(silo);
            },
        };
        var host = new EmbeddedHost(SiloApplication.Build(builder, siloSettings), services);
        try
        {
            await host._app.StartAsync();
            await host.AllVoteAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task AllVoteAsync()
    {
        while ((await Registers.StatusAsync()).Acceptors.Any(acceptor => acceptor.Standing != AcceptorStanding.Voting))
            await Task.Delay(BetweenLooks, TimeProvider.System);
    }

    /// <summary>Provides access to the services of a silo. It is created when the silo starts.</summary>
    private sealed class Witness(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => ArgumentNullException.ThrowIfNull(services);
    }
}
