namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>What is known of a register at a version, as far as the condition of a change asks for it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Exists">Whether it has a value; null if that is not known.</param>
/// <param name="IsCounter">Whether a number can be added; null if that is not known.</param>
/// <param name="KnowsGuard">Whether it is known which guard it has, if any.</param>
/// <param name="Guard">The guard, if it has one and that is known.</param>
internal readonly record struct Standing(long Version, bool? Exists, bool? IsCounter, bool KnowsGuard, Fence? Guard)
{
    /// <summary>A register that was never written.</summary>
    public static Standing Blank { get; } = new(0, Exists: false, IsCounter: true, KnowsGuard: true, Guard: null);

    /// <summary>A version of which is known, at most, whether the register has a value.</summary>
    public static Standing Unseen(long version, bool? exists) => new(version, exists, IsCounter: exists == false ? true : null, KnowsGuard: false, Guard: null);

    /// <summary>A version that a client has seen.</summary>
    public static Standing Of(Observed entry) => entry.IsTold
        ? Unseen(entry.Version, !entry.Deleted)
        : new Standing(entry.Version, !entry.Deleted, entry.Deleted || entry.ReadNumber() is not null, KnowsGuard: true, entry.Guard);

    /// <summary>Whether the guard lets a fence pass; null if that is not known.</summary>
    public bool? Admits(Fence? fence) => fence is null ? true
        : !KnowsGuard ? null
        : Guard is null || (Guard.Lock == fence.Lock && Guard.Token <= fence.Token);
}
