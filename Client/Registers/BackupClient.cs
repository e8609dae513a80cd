namespace Orleans.Paxos.Client.Registers;

/// <summary>Reads and writes backups, through the same ways as all other calls.</summary>
/// <param name="registers">The registers, reserved ones included.</param>
internal sealed class BackupClient(RegisterClient registers) : IBackupClient
{
    public Task<BackupPage> ReadPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken = default)
    {
        EnsureBackedUp(prefix, nameof(prefix));
        return registers.ListHistoriesPageAsync(prefix, after, limit, cancellationToken);
    }

    public Task<WatermarksReply> ReadWatermarksAsync(int first, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return registers.AskProposerAsync(proposer => proposer.WatermarksAsync(first, count), cancellationToken);
    }

    public Task RaiseWatermarksAsync(ImmutableArray<BucketWatermark> watermarks, CancellationToken cancellationToken = default) =>
        registers.AskProposerAsync(
            async proposer =>
            {
                await proposer.RaiseAsync(watermarks);
                return true;
            },
            cancellationToken);

    public Task<ChangeOutcome> RestoreAsync(RegisterHistory history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        EnsureBackedUp(history.Name, nameof(history));
        var change = Change.Restore(history);
        change.Validate();
        return registers.ChangeAsync(history.Name, change, new ChangeOptions(history.Entries[^1].RequestId), cancellationToken);
    }

    private static void EnsureBackedUp(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (!ReservedNames.IsBackedUp(name))
            throw new ArgumentException($"Of the reserved names, a backup has those that begin with '{ReservedNames.Locks}' only.", parameter);
    }
}
