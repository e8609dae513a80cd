using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Paxos;

/// <summary>What clients and silos have in common: the registers over whatever gateways there are.</summary>
internal static class RegisterServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IRegisterClient"/> and <see cref="IRegisters"/>; the caller adds an <see cref="IGatewaySource"/>.</summary>
    public static IServiceCollection AddPaxosRegisters(this IServiceCollection services, Action<PaxosClientOptions>? configure = null)
    {
        services.AddOptions<PaxosClientOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PaxosClientOptions>, PaxosClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new GatewayMonitor(
            provider.GetRequiredService<IGatewaySource>(),
            provider.GetRequiredService<IOptions<PaxosClientOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<GatewayMonitor>>()));
        services.TryAddSingleton<IRegisterClient>(provider => new RegisterClient(
            provider.GetRequiredService<GatewayMonitor>(),
            provider.GetRequiredService<IOptions<PaxosClientOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            UniqueId.New));
        services.TryAddSingleton<IRegisters, Registers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GatewayMonitorService>());
        return services;
    }
}
