namespace Orleans.Paxos;

/// <summary>
/// Orders gateways for a key by rendezvous hashing: the same everywhere, different from key to key, and the order of the
/// others stays when one comes or goes.
/// </summary>
internal static class PreferenceOrder
{
    public static IReadOnlyList<GatewayHealth> Of(ImmutableArray<GatewayHealth> gateways, string key)
    {
        if (gateways.Length < 2)
            return gateways;
        var keyHash = Hash(key);
        var order = gateways.ToArray();
        var weights = new ulong[order.Length];
        for (var index = 0; index < order.Length; index++)
            weights[index] = Mix(keyHash ^ Hash(order[index].Gateway.Name));
        Array.Sort(weights, order);
        return order;
    }

    /// <summary>FNV-1a: unlike <see cref="string.GetHashCode()"/> the same in every process.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
            hash = (hash ^ character) * 1099511628211UL;
        return hash;
    }

    /// <summary>The finalizer of SplitMix64: spreads the difference of one bit over all of them.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
