using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Paxos.AzureStorage;

/// <summary>Registers an Orleans provider as the storage of a silo's acceptor.</summary>
internal static class GuardedStorageRegistration
{
    /// <summary>The most data that an entity of Orleans' table provider holds: 15 properties of 64 KiB.</summary>
    public const int LargestTableRecordBytes = 15 * 64 * 1024;

    /// <summary>The most data that one upload of a blob takes at its first attempt, far more than an acceptor stores.</summary>
    public const int LargestBlobRecordBytes = 128 * 1024 * 1024;

    /// <summary>Registers the provider.</summary>
    /// <typeparam name="TProvider">The type of the provider.</typeparam>
    /// <param name="paxos">Consensus on the silo.</param>
    /// <param name="kind">The kind of storage, for display.</param>
    /// <param name="place">The account and the table or container, for display.</param>
    /// <param name="largestRecordBytes">The size limit of a record, in bytes.</param>
    /// <param name="create">Creates the provider.</param>
    /// <returns>The same builder.</returns>
    public static PaxosSiloBuilder UseGuarded<TProvider>(
        this PaxosSiloBuilder paxos, string kind, string place, int largestRecordBytes, Func<IServiceProvider, string, TProvider> create)
        where TProvider : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
    {
        paxos.Silo.Services.AddSingleton<IValidateOptions<PaxosOptions>>(services =>
            new AzureLimitsValidator(kind, largestRecordBytes, services.GetRequiredService<IOptions<ClusterOptions>>()));
        paxos.Silo.Services.AddGrainStorage(PaxosStorage.ProviderName, (services, name) =>
        {
            var provider = create(services, name);
            return new GuardedGrainStorage(
                kind, largestRecordBytes, provider, new DeferredStart(provider), probe => Guard(services, $"'{name}' ({kind}, {place})", probe));
        });
        return paxos;
    }

    /// <summary>Returns the serializer that stores the acceptor's bytes as they are.</summary>
    public static StoredRecordSerializer Serializer(IServiceProvider services) =>
        new(services.GetRequiredService<IGrainStorageSerializer>());

    /// <summary>
    /// Returns the time limit of an operation: three quarters of the time that a round waits for its acceptor. The rest is for the way
    /// there and back and for waiting behind others.
    /// </summary>
    public static TimeSpan TimeLimit(IServiceProvider services) =>
        services.GetRequiredService<IOptions<PaxosOptions>>().Value.AcceptorTimeout * 0.75;

    private static StorageGuard Guard(IServiceProvider services, string storage, Func<Task> probe) => new(
        new GuardedStorage(storage, probe, AzureFaults.Of, TimeLimit(services)),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<Random>(),
        services.GetRequiredService<ILogger<StorageGuard>>());
}
