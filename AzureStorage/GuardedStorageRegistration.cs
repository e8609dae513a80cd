using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Paxos.AzureStorage;

/// <summary>Makes one of Orleans' providers the storage of a silo's acceptor.</summary>
internal static class GuardedStorageRegistration
{
    /// <summary>The largest entity data of Orleans' table provider: 15 properties of 64 KiB.</summary>
    public const int LargestTableRecordBytes = 15 * 64 * 1024;

    /// <summary>What one upload of a blob takes at its first attempt; far above what an acceptor stores.</summary>
    public const int LargestBlobRecordBytes = 128 * 1024 * 1024;

    /// <summary>Registers it.</summary>
    /// <typeparam name="TProvider">Orleans' provider.</typeparam>
    /// <param name="paxos">Consensus on the silo.</param>
    /// <param name="kind">The kind of storage, for people.</param>
    /// <param name="place">The account and the table or container, for people.</param>
    /// <param name="largestRecordBytes">The most bytes of a record.</param>
    /// <param name="create">Makes the provider.</param>
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

    /// <summary>Stores the acceptor's bytes as they are.</summary>
    public static StoredRecordSerializer Serializer(IServiceProvider services) =>
        new(services.GetRequiredService<IGrainStorageSerializer>());

    /// <summary>A round waits for its acceptor for so long; a quarter of it is for the way there and back and the wait for others.</summary>
    public static TimeSpan TimeLimit(IServiceProvider services) =>
        services.GetRequiredService<IOptions<PaxosOptions>>().Value.AcceptorTimeout * 0.75;

    private static StorageGuard Guard(IServiceProvider services, string storage, Func<Task> probe) => new(
        new GuardedStorage(storage, probe, AzureFaults.Of, TimeLimit(services)),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<Random>(),
        services.GetRequiredService<ILogger<StorageGuard>>());
}
