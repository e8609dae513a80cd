namespace Orleans.Paxos;

/// <summary>A hash that, unlike <see cref="string.GetHashCode()"/>, is the same in every process.</summary>
internal static class StableHash
{
    /// <summary>FNV-1a, and its bits spread.</summary>
    public static ulong Of(string text) => Mix(Unmixed(text));

    /// <summary>FNV-1a.</summary>
    public static ulong Unmixed(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }

    /// <summary>The finalizer of SplitMix64: spreads the difference of one bit over all of them.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
