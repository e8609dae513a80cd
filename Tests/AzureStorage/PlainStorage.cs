using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Paxos.AzureStorage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Adds Orleans' providers as any application would.</summary>
internal static class PlainStorage
{
    public const string Name = "plain";

    public static void AddTable(ISiloBuilder silo, string connectionString) =>
        silo.AddAzureTableGrainStorage(Name, builder => builder.Configure<IServiceProvider>((options, services) =>
        {
            options.TableServiceClient = new TableServiceClient(connectionString);
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = GuardedStorageRegistration.Serializer(services);
        }));

    public static void AddBlobs(ISiloBuilder silo, string connectionString) =>
        silo.AddAzureBlobGrainStorage(Name, builder => builder.Configure<IServiceProvider>((options, services) =>
        {
            options.BlobServiceClient = new BlobServiceClient(connectionString);
            options.GrainStorageSerializer = GuardedStorageRegistration.Serializer(services);
        }));
}
