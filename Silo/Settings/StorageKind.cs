namespace Orleans.Paxos.Silo.Settings;

/// <summary>The kind of storage that the acceptors of this process use.</summary>
internal enum StorageKind
{
    /// <summary>A folder on this machine for each acceptor.</summary>
    Sqlite,

    /// <summary>A table in an Azure storage account for each acceptor.</summary>
    AzureTable,

    /// <summary>Blobs in an Azure storage account for each acceptor.</summary>
    AzureBlob,
}

/// <summary>The names of the kinds of storage in the settings.</summary>
internal static class StorageKinds
{
    private static readonly Dictionary<string, StorageKind> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqlite"] = StorageKind.Sqlite,
        ["azure-table"] = StorageKind.AzureTable,
        ["azure-blob"] = StorageKind.AzureBlob,
    };

    /// <summary>All names, for messages.</summary>
    public static string Names => string.Join(", ", ByName.Keys);

    /// <summary>Finds a kind by its name.</summary>
    public static bool TryParse(string name, out StorageKind kind) => ByName.TryGetValue(name, out kind);

    /// <summary>Gets the kind for a name that is known to be valid.</summary>
    public static StorageKind Parse(string name) => ByName[name];

    /// <summary>The name of a kind.</summary>
    public static string Name(this StorageKind kind) => ByName.First(entry => entry.Value == kind).Key;
}
