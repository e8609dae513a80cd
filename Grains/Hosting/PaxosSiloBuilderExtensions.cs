using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Changing;
using Orleans.Paxos.Coordination;
using Orleans.Paxos.Hosting;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Runtime.Hosting;

namespace Orleans.Paxos;

/// <summary>Adds consensus to a silo.</summary>
public static class PaxosSiloBuilderExtensions
{
    /// <summary>
    /// Adds acceptors, proposers and registers to a silo. A silo whose name is in <see cref="PaxosOptions.Acceptors"/> runs that acceptor
    /// and needs its own storage: <c>paxos.UseSqliteStorage(directory)</c>, or any other provider with the name
    /// <see cref="PaxosStorage.ProviderName"/>. Grains and services of the silo can inject <see cref="IRegisters"/>.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets the options and the storage.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="OptionsValidationException">Thrown when the silo starts: an option is out of range. The message names every
    /// mistake.</exception>
    public static ISiloBuilder AddPaxos(this ISiloBuilder builder, Action<PaxosSiloBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        var paxos = new PaxosSiloBuilder(builder);
        configure(paxos);
        services.Configure<PaxosOptions>(paxos.CopyTo);
        services.TryAddSingleton<IValidateOptions<PaxosOptions>, PaxosOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<Random>();
        services.TryAddSingleton(CreatePeers);
        services.TryAddSingleton<AcceptorFactory>();
        services.TryAddSingleton<MissedWrites>();
        services.TryAddTransient(CreateProposer);
        services.TryAddSingleton(CreateEndRegister);
        services.TryAddSingleton<IGatewaySource, OwnSiloGateway>();
        services.AddPaxosRegisters();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PaxosStartup>();
        services.AddHostedService<CatchUpService>();
        services.AddHostedService<AcceptorSetService>();
        services.AddHostedService<SessionRounds>();
        services.AddPlacementDirector<PinnedPlacement, PinnedPlacementDirector>();
        return builder.AddGrainDirectory(PinnedGrainDirectory.Name, (_, _) => new PinnedGrainDirectory());
    }

    private static AcceptorPeers CreatePeers(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<PaxosOptions>>().Value;
        var grains = services.GetRequiredService<IGrainFactory>();
        var clock = services.GetRequiredService<TimeProvider>();
        return new AcceptorPeers(
            new AcceptorSet(options.Acceptors, options.Epoch),
            name => new RemoteAcceptor(grains.GetGrain<IAcceptorGrain>(name), clock),
            options.AcceptorTimeout,
            clock,
            () => RunningSilos(services.GetRequiredService<ISiloStatusOracle>()));
    }

    private static List<string> RunningSilos(ISiloStatusOracle silos) =>
        [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => silos.TryGetSiloName(silo, out var name) ? name : null).OfType<string>()];

    private static EndRegister CreateEndRegister(IServiceProvider services)
    {
        var proposer = services.GetRequiredService<Proposer>();
        return register => proposer.ProposeAsync(ProposeRequest.End(register));
    }

    /// <summary>Every grain that proposes has a proposer of its own, with its own ballots.</summary>
    private static Proposer CreateProposer(IServiceProvider services) => new(
        services.GetRequiredService<AcceptorPeers>(),
        new BallotSource(UniqueId.New),
        services.GetRequiredService<IOptions<PaxosOptions>>().Value,
        services.GetRequiredService<Random>(),
        services.GetRequiredService<ILogger<Proposer>>());
}
