using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Benchmarks.Clusters;

/// <summary>The host that <c>./run.sh</c> starts, in this process.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, IServiceProvider> _services;

    private EmbeddedHost(WebApplication app, ConcurrentDictionary<string, IServiceProvider> services) => (_app, _services) = (app, services);

    /// <summary>The client library, over the silos of this process.</summary>
    public IRegisterClient Registers => _app.Services.GetRequiredService<IRegisterClient>();

    /// <summary>Makes references that are called through the first silo.</summary>
    public IGrainFactory Grains => _app.Services.GetRequiredService<IGatewaySource>().Current[0].Grains;

    /// <summary>The services of each silo.</summary>
    public IEnumerable<IServiceProvider> Silos => _services.Values;

    /// <summary>Starts it, and waits until every acceptor votes.</summary>
    /// <param name="data">Where the acceptors store.</param>
    /// <param name="acceptors">How many acceptors, each with a silo of its own.</param>
    /// <param name="settings">Other settings of the host, by their keys.</param>
    /// <param name="configure">What is added to each silo.</param>
    public static async Task<EmbeddedHost> StartAsync(string data, int acceptors, IReadOnlyDictionary<string, string?> settings, Action<ISiloBuilder> configure)
    {
        var builder = SiloApplication.CreateBuilder(SiloCommandLine.Parse("--data", data, "--url", "http://127.0.0.1:0", "--acceptors", $"{acceptors}"));
        builder.Configuration.AddInMemoryCollection([.. settings, new("Logging:LogLevel:Default", "Error")]); // what fails is in the report
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

    /// <summary>Created when the silo starts, to give access to the silo's services.</summary>
    private sealed class Witness(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => ArgumentNullException.ThrowIfNull(services);
    }
}
