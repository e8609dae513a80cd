using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>An Orleans client of one gateway.</summary>
internal sealed class GatewayClient(Uri gateway, ServiceProvider services) : IGateway, IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private bool _connected;

    public string Name => NameOf(gateway);

    public IGrainFactory Grains { get; } = services.GetRequiredService<IClusterClient>();

    /// <summary>Returns the gateway's name, which stays the same whatever the generation of its silo.</summary>
    public static string NameOf(Uri gateway) => $"{gateway.Host}:{gateway.Port}";

    /// <summary>Connects, and retries until it succeeds or is cancelled.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>())
        {
            var starting = service.StartAsync(cancellationToken);
            try
            {
                // Orleans waits without limit for a gateway that accepts the connection and then hangs.
                await starting.WaitAsync(cancellationToken);
            }
            finally
            {
                starting.Abandon();
            }
        }

        _connected = true;
    }

    public async ValueTask DisposeAsync()
    {
        // A hung silo must not delay the shutdown of the application.
        using var timeout = new CancellationTokenSource(StopTimeout, services.GetRequiredService<TimeProvider>());
        try
        {
            if (_connected)
            {
                foreach (var service in services.GetServices<IHostedService>())
                    await service.StopAsync(timeout.Token);
            }
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            // The client is disposed below, without a graceful stop.
        }
        finally
        {
            await services.DisposeAsync();
        }
    }
}
