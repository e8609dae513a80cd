namespace Orleans.Paxos.Silo.Settings;

/// <summary>Where the acceptors of this process store.</summary>
internal enum StorageKind
{
    /// <summary>In a folder of this machine for each.</summary>
    Sqlite,

    /// <summary>In a table of an Azure storage account for each.</summary>
    AzureTable,

    /// <summary>In blobs of an Azure storage account for each.</summary>
    AzureBlob,
}

/// <summary>The kinds of storage as settings name them.</summary>
internal static class StorageKinds
{
    private static readonly Dictionary<string, StorageKind> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqlite"] = StorageKind.Sqlite,
        ["azure-table"] = StorageKind.AzureTable,
        ["azure-blob"] = StorageKind.AzureBlob,
    };

    /// <summary>All names, for people.</summary>
    public static string Names => string.Join(", ", ByName.Keys);

    /// <summary>Finds a kind by its name.</summary>
    public static bool TryParse(string name, out StorageKind kind) => ByName.TryGetValue(name, out kind);

    /// <summary>The kind with a name that is one.</summary>
    public static StorageKind Parse(string name) => ByName[name];

    /// <summary>The name of a kind.</summary>
    public static string Name(this StorageKind kind) => ByName.First(entry => entry.Value == kind).Key;
}
