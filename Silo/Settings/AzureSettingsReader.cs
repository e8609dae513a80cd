namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads the section <c>Paxos:Azure</c>.</summary>
internal sealed class AzureSettingsReader
{
    /// <summary>The section's name below <see cref="SettingsReader.Section"/>.</summary>
    public const string Section = "Azure";

    /// <summary>The part of it that says where the silos find each other.</summary>
    public const string Membership = "Membership";

    /// <summary>The table or container of each account, unless another is given.</summary>
    public const string DefaultName = "paxos";

    /// <summary>The table in which the silos find each other, unless another is given.</summary>
    public const string DefaultMembershipTable = "paxosmembers";

    private const string Accounts = "Accounts";
    private const string Table = "Table";
    private const string Container = "Container";
    private const string ManagedIdentityClientId = "ManagedIdentityClientId";

    private readonly IConfigurationSection _section;
    private readonly StorageKind? _storage;
    private readonly List<string> _mistakes;
    private readonly AzureAccountReader _accounts;

    private AzureSettingsReader(IConfigurationSection section, StorageKind? storage, List<string> mistakes)
    {
        _section = section;
        _storage = storage;
        _mistakes = mistakes;
        _accounts = new AzureAccountReader(mistakes);
    }

    /// <summary>Reads the section.</summary>
    /// <param name="section">It.</param>
    /// <param name="storage">Where the acceptors store; null when that is a mistake already.</param>
    /// <param name="silos">The acceptors of this process.</param>
    /// <param name="acceptors">All acceptors.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    /// <returns>The settings.</returns>
    public static AzureSettings Read(
        IConfigurationSection section, StorageKind? storage, ImmutableArray<string> silos, IReadOnlyCollection<string> acceptors, List<string> mistakes) =>
        new AzureSettingsReader(section, storage, mistakes).Read(silos, acceptors);

    private AzureSettings Read(ImmutableArray<string> silos, IReadOnlyCollection<string> acceptors)
    {
        _section.EnsureSection(_mistakes, [Accounts, Table, Container, Membership, ManagedIdentityClientId]);
        var membership = _section.GetSection(Membership);
        return new AzureSettings
        {
            Accounts = AccountsOf(silos, acceptors),
            Table = TableName(_section, DefaultName),
            Container = ContainerName(),
            Membership = membership.Exists() ? _accounts.Read(membership, [AzureAccountReader.TableEndpoint], Table) : null,
            MembershipTable = TableName(membership, DefaultMembershipTable),
            ManagedIdentityClientId = IdentityClientId(),
        };
    }

    private ImmutableDictionary<string, AzureAccountSettings> AccountsOf(ImmutableArray<string> silos, IReadOnlyCollection<string> acceptors)
    {
        var section = _section.GetSection(Accounts);
        if (acceptors.Count > 0)
            section.EnsureSection(_mistakes, acceptors);
        if (_storage is null or StorageKind.Sqlite)
        {
            if (_storage is { } other && section.Exists())
                _mistakes.Add($"{section.Path} names accounts, and Storage is {other.Name()}. Set Storage to {StorageKind.AzureTable.Name()} or {StorageKind.AzureBlob.Name()}, or remove them.");
            return AzureSettings.None.Accounts;
        }

        string[] endpoints = _storage == StorageKind.AzureTable
            ? [AzureAccountReader.TableEndpoint, AzureAccountReader.BlobEndpoint]
            : [AzureAccountReader.BlobEndpoint, AzureAccountReader.TableEndpoint];
        var accounts = silos
            .Select(silo => (Silo: silo, Account: _accounts.Read(section.GetSection(silo), endpoints)))
            .Where(entry => entry.Account is not null)
            .ToImmutableDictionary(entry => entry.Silo, entry => entry.Account!);
        RefuseShared(accounts);
        return accounts;
    }

    private void RefuseShared(ImmutableDictionary<string, AzureAccountSettings> accounts)
    {
        var names = accounts.Keys.Order(StringComparer.Ordinal).ToArray();
        foreach (var (index, name) in names.Index())
        {
            if (names.Take(index).FirstOrDefault(other => accounts[other].IsSameAs(accounts[name])) is { } first)
                _mistakes.Add($"The acceptors '{first}' and '{name}' have the same storage account: when it is lost, both are. Give each an account of its own.");
        }
    }

    private string TableName(IConfigurationSection section, string fallback)
    {
        var name = section.Text(Table) ?? fallback;
        if (!AzureStorageNames.IsTable(name))
            _mistakes.Add($"{section.Path}:{Table} cannot name a table: a name has 3 to 63 letters and digits, a letter first.");
        return name;
    }

    private string ContainerName()
    {
        var name = _section.Text(Container) ?? DefaultName;
        if (!AzureStorageNames.IsContainer(name))
            _mistakes.Add($"{_section.Path}:{Container} cannot name a container: a name has 3 to 63 lower-case letters, digits and single hyphens between them.");
        return name;
    }

    private string? IdentityClientId()
    {
        var id = _section.Text(ManagedIdentityClientId);
        if (id is not null && !Guid.TryParse(id, out _))
            _mistakes.Add($"{_section.Path}:{ManagedIdentityClientId} takes the client id of a managed identity, which is a GUID.");
        return id;
    }
}
