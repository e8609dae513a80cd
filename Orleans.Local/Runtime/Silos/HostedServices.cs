using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Orleans.Local;

/// <summary>Starts and stops the hosted services of a silo or client, which under Orleans its host does.</summary>
internal sealed class HostedServices(IServiceProvider services)
{
    private readonly Stack<IHostedService> _started = new();

    /// <exception cref="OptionsValidationException">Options that are to be validated at start are not valid.</exception>
    public async Task StartAsync()
    {
        services.GetService<IStartupValidator>()?.Validate();
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None);
            _started.Push(service);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (_started.TryPop(out var service))
            await service.StopAsync(cancellationToken);
    }
}
