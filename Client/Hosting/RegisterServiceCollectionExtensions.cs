using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Client.Coordination;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Hosting;
using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Client.Typed;

namespace Orleans.Paxos;

/// <summary>Adds registers to a host that is neither an Orleans client nor a silo.</summary>
public static class RegisterServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IRegisterClient"/>, <see cref="IRegisters"/>, <see cref="ICoordination"/>, <see cref="IBackupClient"/> and <see cref="IAcceptorSetClient"/> to a host that provides
    /// its own way into the cluster, an <see cref="IGatewaySource"/>. Orleans clients and silos call <c>AddPaxos</c> instead, which provides one.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
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
        services.TryAddSingleton<IBackupClient>(provider => new BackupClient(CreateClientOfAllNames(provider)));
        services.TryAddSingleton<IAcceptorSetClient>(provider => new AcceptorSetClient(
            provider.GetRequiredService<GatewayMonitor>(),
            provider.GetRequiredService<IOptions<PaxosClientOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IRegisters, TypedRegisters>();
        services.TryAddSingleton(CreateCoordinationParts);
        services.TryAddSingleton<ICoordination, PaxosCoordination>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, GatewayMonitorService>());
        return services;
    }

    private static CoordinationParts CreateCoordinationParts(IServiceProvider provider)
    {
        var gateways = provider.GetRequiredService<GatewayMonitor>();
        var options = provider.GetRequiredService<IOptions<PaxosClientOptions>>().Value;
        var time = provider.GetRequiredService<TimeProvider>();
        return new CoordinationParts(
            CreateClientOfAllNames(provider),
            new Keepers(gateways),
            new WaitingLines(gateways, options, time),
            time,
            options.ClockRateTolerance,
            UniqueId.New,
            TaskScheduler.Default);
    }

    private static RegisterClient CreateClientOfAllNames(IServiceProvider provider) => new(
        provider.GetRequiredService<GatewayMonitor>(),
        provider.GetRequiredService<IOptions<PaxosClientOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        UniqueId.New,
        mayBeReserved: true);
}
