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
        var keyHash = StableHash.Unmixed(key);
        var order = gateways.ToArray();
        var weights = new ulong[order.Length];
        for (var index = 0; index < order.Length; index++)
            weights[index] = StableHash.Mix(keyHash ^ StableHash.Unmixed(order[index].Gateway.Name));
        Array.Sort(weights, order);
        return order;
    }
}
