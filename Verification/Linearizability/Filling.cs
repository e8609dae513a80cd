namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>One way of filling the gaps up to some version: which requests are used up, and what it leaves behind.</summary>
/// <param name="Sets">How many sets it has used.</param>
/// <param name="Decides">How many decides.</param>
/// <param name="Deletes">How many deletes.</param>
/// <param name="Exists">Whether the last gap was filled with a value.</param>
internal readonly record struct Filling(int Sets, int Decides, int Deletes, bool Exists)
{
    /// <summary>
    /// Fills the next gap with the request that is least useful elsewhere: one that fits nowhere else, then one
    /// that fits after a tombstone only, then any.
    /// </summary>
    /// <returns>The way with that gap filled; null when nobody can have written a value there.</returns>
    public Filling? WithValue(long version, bool existsBefore, GapCandidates candidates)
    {
        if (candidates.IsExpectedValue(version))
            return this with { Exists = true };
        if (!existsBefore && Decides < candidates.DecidesFor(version))
            return this with { Exists = true, Decides = Decides + 1 };
        return Sets < candidates.SetsFor(version) ? this with { Exists = true, Sets = Sets + 1 } : null;
    }

    /// <summary>Deletes the value before the next gap.</summary>
    /// <returns>The way with that gap filled; null when nobody can have deleted it there.</returns>
    public Filling? WithTombstone(long version, bool existsBefore, GapCandidates candidates)
    {
        if (!existsBefore)
            return null;
        if (candidates.IsExpectedTombstone(version))
            return this with { Exists = false };
        return Deletes < candidates.DeletesFor(version) ? this with { Exists = false, Deletes = Deletes + 1 } : null;
    }
}
