namespace Orleans.Paxos.Silo.Hosting.Membership;

/// <summary>The membership table of the silos on one machine. No silo has a special role.</summary>
/// <param name="file">The membership file.</param>
/// <param name="signOfLife">Tells which processes have ended.</param>
/// <param name="localSilo">The silo that uses this table.</param>
internal sealed class SqliteMembershipTable(MembershipFile file, SignOfLife signOfLife, ILocalSiloDetails localSilo) : IMembershipTable
{
    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.Run(() =>
    {
        file.Create();
        signOfLife.Hold(localSilo.SiloAddress);
        file.Bury(IsToBury);
    });

    /// <inheritdoc/>
    public Task<MembershipTableData> ReadRow(SiloAddress key) => Task.Run(() => file.Read(key));

    /// <summary>
    /// Reads the table after declaring the silos of killed processes dead. Probes alone need the votes of silos that may be
    /// dead themselves, and until those silos are declared dead, Orleans looks for grains on them.
    /// </summary>
    public Task<MembershipTableData> ReadAll() => Task.Run(() =>
    {
        var table = file.Read(null);
        if (!table.Members.Any(member => IsToBury(member.Item1)))
            return table;
        file.Bury(IsToBury);
        return file.Read(null);
    });

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

    private bool IsToBury(MembershipEntry entry) => entry.Status != SiloStatus.Dead && signOfLife.IsGone(entry.SiloAddress);

    private static DateTime Latest(DateTime left, DateTime right) => left > right ? left : right;
}
