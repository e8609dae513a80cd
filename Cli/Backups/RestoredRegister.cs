using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>What a restore writes for a register of a backup.</summary>
internal static class RestoredRegister
{
    /// <summary>
    /// The history with higher versions. Sessions are not restored, so who held a lock holds it no more, and a value that belongs to a session is
    /// deleted: its last version becomes a tombstone. What is forgotten stays as it was, because requests that come late have a floor from before.
    /// </summary>
    /// <param name="register">The register.</param>
    /// <param name="bump">How much higher its versions are.</param>
    /// <exception cref="FormatException">A value cannot be decoded.</exception>
    public static RegisterHistory Of(BackupRegister register, long bump)
    {
        var history = register.ToHistory();
        var entries = history.Entries;
        if (!entries.IsEmpty && (register.Name.StartsWith(ReservedNames.Locks, StringComparison.Ordinal) || entries[^1].Session is not null))
            entries = entries.SetItem(entries.Length - 1, entries[^1] with { Value = [], Deleted = true, Session = null });
        return history with { Entries = [.. entries.Select(entry => entry with { Version = entry.Version + bump })] };
    }

    /// <summary>Whether a register holds what a restore writes, or has gone on from there.</summary>
    /// <param name="held">What it holds.</param>
    /// <param name="restored">What a restore writes.</param>
    public static bool IsIn(RegisterHistory held, RegisterHistory restored)
    {
        var newest = restored.Entries[^1];
        return held.Entries.Any(entry =>
            entry.RequestId == newest.RequestId && entry.Version >= newest.Version && entry.Deleted == newest.Deleted && entry.Value.AsSpan().SequenceEqual(newest.Value));
    }
}
