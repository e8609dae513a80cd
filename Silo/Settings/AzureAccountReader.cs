namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads how one storage account is opened. No message has a value in it, right or wrong: any of them may hold a key.</summary>
/// <param name="mistakes">Where mistakes are added.</param>
internal sealed class AzureAccountReader(List<string> mistakes)
{
    /// <summary>The setting with the account's connection string.</summary>
    public const string ConnectionString = "ConnectionString";

    /// <summary>The setting with the address of the account's tables.</summary>
    public const string TableEndpoint = "TableEndpoint";

    /// <summary>The setting with the address of the account's blobs.</summary>
    public const string BlobEndpoint = "BlobEndpoint";

    /// <summary>Reads an account.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="endpointKeys">The endpoints that it may have; the first is used.</param>
    /// <param name="otherKeys">Settings that the section may have beside those of the account.</param>
    /// <returns>The account; null when it cannot be used.</returns>
    public AzureAccountSettings? Read(IConfigurationSection section, string[] endpointKeys, params string[] otherKeys)
    {
        section.EnsureSection(mistakes, [ConnectionString, .. endpointKeys, .. otherKeys]);
        var endpoints = endpointKeys.Where(key => section.Text(key) is not null).ToDictionary(key => key, key => Endpoint(section, key));
        var connectionString = section.Text(ConnectionString);
        if (connectionString is not null && endpoints.Count > 0)
            mistakes.Add($"{section.Path} has both {ConnectionString} and {string.Join(" and ", endpoints.Keys)}. Give one: the first opens the account with a key, the other with an identity.");
        else if (connectionString is not null)
            return WithKey(section, connectionString);
        else if (!endpoints.TryGetValue(endpointKeys[0], out var endpoint))
            mistakes.Add($"{section.Path} names no account: give {section.Path}:{ConnectionString}, or {section.Path}:{endpointKeys[0]} to open it with an identity.");
        else if (endpoint is not null)
            return new AzureAccountSettings($"account {endpoint.Host}", null, endpoint);
        return null;
    }

    private AzureAccountSettings? WithKey(IConfigurationSection section, string connectionString)
    {
        if (AzureStorageNames.DescribeAccount(connectionString) is { } name)
            return new AzureAccountSettings(name, connectionString, null);
        mistakes.Add($"{section.Path}:{ConnectionString} is not the connection string of a storage account: it needs AccountName and AccountKey, or the endpoints and a SharedAccessSignature.");
        return null;
    }

    private Uri? Endpoint(IConfigurationSection section, string key)
    {
        if (Uri.TryCreate(section.Text(key), UriKind.Absolute, out var endpoint) && endpoint is { Scheme: "https", Query: "", Fragment: "", UserInfo: "" })
            return endpoint;
        mistakes.Add($"{section.Path}:{key} takes https://ADDRESS without a query, like https://NAME.table.core.windows.net. A SharedAccessSignature belongs into a {ConnectionString}.");
        return null;
    }
}
