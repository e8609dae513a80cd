using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reports every mistake in the section <c>Paxos:Azure</c>. No message repeats a value, valid or not, because any value may hold a key.</summary>
internal sealed class AzureOptionsValidator : IValidateOptions<ProcessOptions>
{
    private const string Section = $"{SettingsReader.Section}:{nameof(ProcessOptions.Azure)}";
    private const string Accounts = $"{Section}:{nameof(AzureOptions.Accounts)}";
    private const string Membership = $"{Section}:{nameof(AzureOptions.Membership)}";
    private const string ConnectionString = nameof(AzureAccountOptions.ConnectionString);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ProcessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        var azure = options.Azure;
        CheckTable($"{Section}:{nameof(azure.Table)}", azure.Table, result);
        if (!AzureStorageNames.IsContainer(azure.Container))
            result.AddError($"{Section}:{nameof(azure.Container)} cannot name a container: a name has 3 to 63 lower-case letters, digits and single hyphens between them.");
        if (azure.ManagedIdentityClientId is { } id && !Guid.TryParse(id, out _))
            result.AddError($"{Section}:{nameof(azure.ManagedIdentityClientId)} takes the client id of a managed identity, which is a GUID.");
        if (azure.Membership is { } membership)
        {
            CheckTable($"{Membership}:{nameof(membership.Table)}", membership.Table, result);
            CheckAccount(Membership, membership.ConnectionString, [(nameof(membership.TableEndpoint), membership.TableEndpoint)], result);
        }

        CheckAccounts(options, result);
        return result.Build();
    }

    private static void CheckAccounts(ProcessOptions options, ValidateOptionsResultBuilder result)
    {
        var accounts = options.Azure.Accounts;
        if (options.AcceptorNames is { IsEmpty: false } acceptors)
        {
            foreach (var unknown in accounts.Keys.Except(acceptors.AddRange(options.SiloNames), StringComparer.OrdinalIgnoreCase))
                result.AddError(SectionBinder.Unknown($"{Accounts}:{unknown}"));
        }

        if (!StorageKinds.TryParse(options.Storage, out var storage))
            return;
        if (storage != StorageKind.Sqlite)
            CheckAccountsOfSilos(accounts, options.SiloNames, storage, result);
        else if (accounts.Count > 0)
            result.AddError($"{Accounts} names accounts, and Storage is {storage.Name()}. Set Storage to {StorageKind.AzureTable.Name()} or {StorageKind.AzureBlob.Name()}, or remove them.");
    }

    private static void CheckAccountsOfSilos(
        Dictionary<string, AzureAccountOptions> accounts, ImmutableArray<string> silos, StorageKind storage, ValidateOptionsResultBuilder result)
    {
        foreach (var silo in silos)
        {
            var account = accounts.GetValueOrDefault(silo) ?? new AzureAccountOptions();
            CheckAccount($"{Accounts}:{silo}", account.ConnectionString, account.EndpointsFor(storage), result);
        }

        var shared = silos.Where(accounts.ContainsKey)
            .GroupBy(silo => (accounts[silo].ConnectionString, Endpoint: Endpoint(accounts[silo].EndpointsFor(storage)[0].Address)))
            .Where(group => group.Key is not (null, null) && group.Count() > 1);
        foreach (var group in shared)
            result.AddError($"The acceptors {string.Join(" and ", group.Select(silo => $"'{silo}'"))} have the same storage account: when it is lost, so are they all. Give each an account of its own.");
    }

    /// <summary>Checks the settings that open an account.</summary>
    /// <param name="path">The section of the account.</param>
    /// <param name="connectionString">Its connection string.</param>
    /// <param name="endpoints">The endpoints that the account may have; the first is used.</param>
    /// <param name="result">Collects the mistakes.</param>
    private static void CheckAccount(string path, string? connectionString, (string Key, string? Address)[] endpoints, ValidateOptionsResultBuilder result)
    {
        var given = endpoints.Where(endpoint => endpoint.Address is not null).ToArray();
        foreach (var (key, _) in given.Where(endpoint => Endpoint(endpoint.Address) is null))
            result.AddError($"{path}:{key} takes https://ADDRESS without a query, like https://NAME.table.core.windows.net. A SharedAccessSignature belongs into a {ConnectionString}.");
        if (connectionString is not null && given.Length > 0)
            result.AddError($"{path} has both {ConnectionString} and {string.Join(" and ", given.Select(endpoint => endpoint.Key))}. Give one: the first opens the account with a key, the other with an identity.");
        else if (connectionString is not null && AzureStorageNames.DescribeAccount(connectionString) is null)
            result.AddError($"{path}:{ConnectionString} is not the connection string of a storage account: it needs AccountName and AccountKey, or the endpoints and a SharedAccessSignature.");
        else if (connectionString is null && endpoints[0].Address is null)
            result.AddError($"{path} names no account: give {path}:{ConnectionString}, or {path}:{endpoints[0].Key} to open it with an identity.");
    }

    private static void CheckTable(string path, string name, ValidateOptionsResultBuilder result)
    {
        if (!AzureStorageNames.IsTable(name))
            result.AddError($"{path} cannot name a table: a name has 3 to 63 letters and digits, a letter first.");
    }

    private static Uri? Endpoint(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint is { Scheme: "https", Query: "", Fragment: "", UserInfo: "" } ? endpoint : null;
}
