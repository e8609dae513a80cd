using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>The stand-in's providers as any application would use them.</summary>
internal static class PlainStorage
{
    public const string Name = "plain";

    public static void AddTable(ISiloBuilder silo, string connectionString)
    {
        silo.Services.AddOptions<AzureTableStorageOptions>(Name).Configure<IServiceProvider>((options, services) =>
        {
            options.ConnectionString = connectionString;
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = GuardedStorageRegistration.Serializer(services);
        });
        silo.Services.AddGrainStorage(Name, AzureTableGrainStorageFactory.Create);
    }

    public static void AddBlobs(ISiloBuilder silo, string connectionString)
    {
        silo.Services.AddOptions<AzureBlobStorageOptions>(Name).Configure<IServiceProvider>((options, services) =>
        {
            options.ConnectionString = connectionString;
            options.GrainStorageSerializer = GuardedStorageRegistration.Serializer(services);
        });
        silo.Services.AddGrainStorage(Name, AzureBlobGrainStorageFactory.Create);
    }
}
