using System.Security.Cryptography;
using System.Text;

namespace Orleans.Paxos.AzureStorage;

/// <summary>
/// Keeps the keys of records within the 512 characters that Azure Table storage takes (1 KiB of UTF-16), with room for the
/// service id before them.
/// </summary>
internal static class AzureKey
{
    /// <summary>The longest service id that leaves room for every key.</summary>
    public const int LongestServiceId = 64;

    private const int LongestKey = 400;
    private const int KeptOfALongKey = 300;

    /// <summary>A key as it is, or the start of a long one with the SHA-256 of all of it. The second '~' keeps the two apart.</summary>
    public static GrainId Fit(GrainId record)
    {
        var key = record.Key.ToString()!;
        if (key.Length <= LongestKey)
            return record;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return GrainId.Create(record.Type, $"{key[..KeptOfALongKey]}~{hash}");
    }
}
