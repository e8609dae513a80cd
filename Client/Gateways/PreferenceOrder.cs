using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Orleans.Paxos.Client.Gateways;

/// <summary>
/// Orders gateways for a key by rendezvous hashing. The order is the same everywhere and differs from key to key. When a gateway comes or
/// goes, the order of the others stays the same.
/// </summary>
internal static class PreferenceOrder
{
    public static IReadOnlyList<GatewayHealth> Of(ImmutableArray<GatewayHealth> gateways, string key)
    {
        if (gateways.Length < 2)
            return gateways;
        var seed = (long)Hash(key, seed: 0);
        var order = gateways.ToArray();
        var weights = new ulong[order.Length];
        for (var index = 0; index < order.Length; index++)
            weights[index] = Hash(order[index].Gateway.Name, seed);
        Array.Sort(weights, order);
        return order;
    }

    /// <summary>Unlike <see cref="string.GetHashCode()"/>, the same in every process.</summary>
    private static ulong Hash(string text, long seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), seed);
}
