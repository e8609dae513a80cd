namespace Orleans.Paxos.Verification.Linearizability;

/// <summary>One way to fill the gaps up to a version: the requests that it uses and the state that it leaves.</summary>
/// <param name="Sets">The number of sets and additions used.</param>
/// <param name="Decides">The number of decides used.</param>
/// <param name="Deletes">The number of deletes used.</param>
/// <param name="Exists">Whether the last gap was filled with a value.</param>
internal readonly record struct Filling(int Sets, int Decides, int Deletes, bool Exists)
{
    /// <summary>
    /// Fills the next gap with the request that is least useful elsewhere: first a request that fits nowhere else, then one
    /// that fits only after a tombstone, then any other.
    /// </summary>
    /// <returns>The filling that includes this gap; null when no request can have written a value there.</returns>
    public Filling? WithValue(long version, bool existsBefore, GapCandidates candidates)
    {
        if (candidates.IsExpectedValue(version))
            return this with { Exists = true };
        if (!existsBefore && Decides < candidates.DecidesFor(version))
            return this with { Exists = true, Decides = Decides + 1 };
        return Sets < candidates.SetsFor(version) ? this with { Exists = true, Sets = Sets + 1 } : null;
    }

    /// <summary>Fills the next gap with a tombstone.</summary>
    /// <returns>The filling that includes this gap; null when no request can have deleted the value there.</returns>
    public Filling? WithTombstone(long version, bool existsBefore, GapCandidates candidates)
    {
        if (!existsBefore)
            return null;
        if (candidates.IsExpectedTombstone(version))
            return this with { Exists = false };
        return Deletes < candidates.DeletesFor(version) ? this with { Exists = false, Deletes = Deletes + 1 } : null;
    }
}
