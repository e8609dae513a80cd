namespace Orleans.Paxos.Verification.Chaos.Locks;

/// <summary>All that is known of a lock after a run.</summary>
/// <param name="Lock">The lock.</param>
/// <param name="Diary">What the commands under the lock have written, in the order in which they wrote it.</param>
/// <param name="Writes">The writes under its fence, each before those that began after it.</param>
/// <param name="Register">The versions and tokens in the register that was written, from the lowest version.</param>
internal sealed record LockHistory(
    string Lock, ImmutableArray<DiaryLine> Diary, ImmutableArray<GuardedWrite> Writes, ImmutableArray<(long Version, long Token)> Register);
