// Implements the methods without a cancellation token, which every 10.x version has; the newer overloads call these.
#pragma warning disable CS0618

namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>
/// A membership table in which a starting silo declares earlier silos of the same name dead. An acceptor has one silo, and
/// the operator wants the one that starts. Without this, silos that are killed together and restart at other addresses wait
/// for minutes, because no silo is left to declare the old ones dead. An old silo that still runs, cut off from the others, stops when it learns of it.
/// </summary>
/// <param name="table">The underlying table.</param>
/// <param name="localSilo">The silo of this process.</param>
internal sealed class SuccessorMembershipTable(IMembershipTable table, ILocalSiloDetails localSilo) : IMembershipTable
{
    // Each silo that starts at the same time may win once for each of its predecessors.
    private const int MaxAttempts = 100;

    /// <summary>Wraps the membership table of a silo.</summary>
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

    /// <summary>Declares one predecessor dead, unless another silo changed the table meanwhile.</summary>
    /// <returns>Whether there was a predecessor; the caller then reads the table again.</returns>
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
