using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos;

/// <summary>Adds services of which one runs in the whole cluster.</summary>
public static class PaxosSingletonExtensions
{
    /// <summary>
    /// Adds a background service that runs in one process at a time: in that which leads an election. When the leadership is in danger, because it could not
    /// be renewed for two thirds of the time-to-live, the service is stopped, and its end is waited for; another process starts it no earlier than the rest of
    /// the time-to-live after that. If the service fails or ends, it starts again, here or elsewhere.
    /// </summary>
    /// <typeparam name="TService">The service. Each time it starts, a new one is created in a scope of its own; it can take a <see cref="SingletonLeadership"/>.</typeparam>
    /// <param name="services">The services of a host with <see cref="ICoordination"/>: an Orleans client or silo with <c>AddPaxos</c>.</param>
    /// <param name="name">The name of the election.</param>
    /// <param name="session">The options of the sessions; null for the defaults.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">The name or an option breaks a rule.</exception>
    public static IServiceCollection AddPaxosSingleton<TService>(this IServiceCollection services, string name, SessionOptions? session = null)
        where TService : BackgroundService
    {
        RegisterName.Validate(name);
        session ??= new SessionOptions();
        session.Validate();
        services.TryAddScoped<SingletonLeadership>();
        return services.AddSingleton<IHostedService>(provider => new SingletonService<TService>(
            name,
            session,
            provider.GetRequiredService<ICoordination>(),
            provider,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SingletonService<TService>>>()));
    }
}
