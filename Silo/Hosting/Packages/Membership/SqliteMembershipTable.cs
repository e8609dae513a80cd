namespace Orleans.Paxos;

/// <summary>Membership of the silos of one machine, without one of them being special.</summary>
/// <param name="file">The table.</param>
/// <param name="signOfLife">Tells which processes are gone.</param>
/// <param name="localSilo">The silo of this table.</param>
internal sealed class SqliteMembershipTable(MembershipFile file, SignOfLife signOfLife, ILocalSiloDetails localSilo) : IMembershipTable
{
    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.Run(() =>
    {
        file.Create();
        signOfLife.Hold(localSilo.SiloAddress);
        file.Bury(signOfLife.IsGone);
    });

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.Run(() => file.Read(key));

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadAll() => Task.Run(() => file.Read(null));

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => Task.Run(() => file.TryWrite(entry, null, tableVersion));

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => Task.Run(() => file.TryWrite(entry, etag, tableVersion));

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) => Task.Run(() => file.NoteAlive(entry.SiloAddress, entry.IAmAliveTime));

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Task.Run(() => file.Delete(entry =>
        entry.Status == SiloStatus.Dead && Latest(entry.IAmAliveTime, entry.StartTime) < beforeDate.UtcDateTime));

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) => Task.Run(() => file.Delete(_ => true));

    private static DateTime Latest(DateTime left, DateTime right) => left > right ? left : right;
}
