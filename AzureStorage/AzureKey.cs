using System.Security.Cryptography;
using System.Text;

namespace Orleans.Paxos.AzureStorage;

/// <summary>
/// Keeps the keys of records within the 512 characters that Azure Table storage accepts (1 KiB of UTF-16), with room for the service id
/// in front of them.
/// </summary>
internal static class AzureKey
{
    /// <summary>The longest service id that leaves room for every key.</summary>
    public const int LongestServiceId = 64;

    private const int LongestKey = 400;
    private const int KeptOfALongKey = 300;

    /// <summary>
    /// Returns a short key as it is, and a long key as its start with the SHA-256 of the whole key. The second '~' distinguishes the two.
    /// </summary>
    public static GrainId Fit(GrainId record)
    {
        var key = record.Key.ToString()!;
        if (key.Length <= LongestKey)
            return record;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return GrainId.Create(record.Type, $"{key[..KeptOfALongKey]}~{hash}");
    }
}
