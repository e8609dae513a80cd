using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Paxos.AzureStorage;

/// <summary>The providers of Microsoft.Orleans.Persistence.AzureStorage.</summary>
internal static class AzureProviders
{
    public static PaxosSiloBuilder AddTable(PaxosSiloBuilder paxos, AzureAccount account, string table)
    {
        paxos.Silo.Services.AddOptions<AzureTableStorageOptions>(PaxosStorage.ProviderName).Configure<IServiceProvider>((options, services) =>
        {
            options.TableServiceClient = account.Tables(GuardedStorageRegistration.TimeLimit(services));
            options.TableName = table;
            options.DeleteStateOnClear = true;
            options.GrainStorageSerializer = GuardedStorageRegistration.Serializer(services);
        });
        return paxos.UseGuarded("azure-table", $"{account}, table {table}", GuardedStorageRegistration.LargestTableRecordBytes, AzureTableGrainStorageFactory.Create);
    }

    public static PaxosSiloBuilder AddBlobs(PaxosSiloBuilder paxos, AzureAccount account, string container)
    {
        paxos.Silo.Services.AddOptions<AzureBlobStorageOptions>(PaxosStorage.ProviderName).Configure<IServiceProvider>((options, services) =>
        {
            options.BlobServiceClient = account.Blobs(GuardedStorageRegistration.TimeLimit(services));
            options.ContainerName = container;
            options.GrainStorageSerializer = GuardedStorageRegistration.Serializer(services);
        });
        return paxos.UseGuarded("azure-blob", $"{account}, container {container}", GuardedStorageRegistration.LargestBlobRecordBytes, AzureBlobGrainStorageFactory.Create);
    }
}
