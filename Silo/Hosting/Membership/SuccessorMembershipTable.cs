// The methods under their first names, which every 10.x has; the later ones, with a cancellation token, go through these.
#pragma warning disable CS0618

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>
/// A membership table in which a silo that starts declares earlier silos of its own name dead: an acceptor has one silo, and the
/// one that starts is the one that the operator wants. Without this, silos that were killed together and come back under other addresses
/// would wait for minutes for those that nobody is left to declare dead. A silo that still runs, cut off, stops when it learns of it.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="localSilo">The silo of this process.</param>
internal sealed class SuccessorMembershipTable(IMembershipTable table, ILocalSiloDetails localSilo) : IMembershipTable
{
    // Each silo that starts at the same time may be first once for each of its own.
    private const int MaxAttempts = 100;

    /// <summary>Puts this table over the one that a silo has.</summary>
    /// <param name="silo">The silo.</param>
    public static void Add(ISiloBuilder silo)
    {
        var registered = silo.Services.Last(service => service.ServiceType == typeof(IMembershipTable));
        silo.Services.Remove(registered);
        silo.Services.AddSingleton<IMembershipTable>(services => new SuccessorMembershipTable(
            (IMembershipTable)ActivatorUtilities.CreateInstance(services, registered.ImplementationType!), services.GetRequiredService<ILocalSiloDetails>()));
    }

    /// <inheritdoc/>
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await table.InitializeMembershipTable(tryInitTableVersion);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (!await BuryOneAsync(await table.ReadAll()))
                return;
        }
    }

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => table.ReadRow(key);

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => table.ReadAll();

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => table.InsertRow(entry, tableVersion);

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => table.UpdateRow(entry, etag, tableVersion);

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) => table.UpdateIAmAlive(entry);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => table.CleanupDefunctSiloEntries(beforeDate);

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => table.DeleteMembershipTableEntries(clusterId);

    /// <summary>Declares one dead, unless another silo changed the table meanwhile.</summary>
    /// <returns>Whether there was one: then the table is to be read again.</returns>
    private async Task<bool> BuryOneAsync(MembershipTableData read)
    {
        if (read.Members.FirstOrDefault(member => IsPredecessor(member.Item1)) is not { } predecessor)
            return false;
        predecessor.Item1.Status = SiloStatus.Dead;
        await table.UpdateRow(predecessor.Item1, predecessor.Item2, read.Version.Next());
        return true;
    }

    private bool IsPredecessor(MembershipEntry entry) =>
        entry.Status != SiloStatus.Dead && entry.SiloName == localSilo.Name && !entry.SiloAddress.Equals(localSilo.SiloAddress);
}
