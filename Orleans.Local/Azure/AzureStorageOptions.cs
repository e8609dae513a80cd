using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Where grain storage in an Azure table is. The real provider takes a client of an SDK that this stand-in does without.</summary>
public class AzureTableStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The account's connection string.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long a request may take.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The table's name.</summary>
    public string TableName { get; set; } = "OrleansGrainState";

    /// <summary>Whether clearing a record removes its entity.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}

/// <summary>Where grain storage in Azure blobs is. The real provider takes a client of an SDK that this stand-in does without.</summary>
public class AzureBlobStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The account's connection string.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long a request may take.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The container's name.</summary>
    public string ContainerName { get; set; } = "grainstate";

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
