using System.Security.Cryptography;
using System.Text;

namespace Orleans.Paxos.Silo.Http;

/// <summary>What a key of the HTTP interface allows.</summary>
[Flags]
internal enum KeyRights
{
    /// <summary>Nothing: the key is unknown.</summary>
    None = 0,

    /// <summary>Reading, listing and watching.</summary>
    Read = 1,

    /// <summary>Reading, writing and deleting.</summary>
    ReadWrite = 3,
}

/// <summary>The keys of the HTTP interface. It stores only their hashes, so that printing it cannot reveal a key.</summary>
/// <param name="readWrite">The keys that allow reads and writes.</param>
/// <param name="read">The keys that allow only reads.</param>
internal sealed class HttpKeys(IEnumerable<string> readWrite, IEnumerable<string> read)
{
    private readonly ImmutableArray<(byte[] Hash, KeyRights Rights)> _keys =
    [
        .. readWrite.Select(key => (Hash(key), KeyRights.ReadWrite)),
        .. read.Select(key => (Hash(key), KeyRights.Read)),
    ];

    /// <summary>No keys: every request is allowed.</summary>
    public static HttpKeys None { get; } = new([], []);

    /// <summary>Whether there are keys. If so, every request needs one.</summary>
    public bool AreConfigured => !_keys.IsEmpty;

    /// <summary>Gets the rights of a key in a time that depends neither on the configured keys nor on which of them matches.</summary>
    /// <param name="sent">The key in the request.</param>
    /// <returns>Its rights.</returns>
    public KeyRights RightsOf(string sent)
    {
        var hash = Hash(sent);
        var rights = KeyRights.None;
        foreach (var key in _keys)
        {
            // Compares with all keys: stopping at the first match would reveal its position in the list.
            var matches = CryptographicOperations.FixedTimeEquals(hash, key.Hash);
            rights |= matches ? key.Rights : KeyRights.None;
        }

        return rights;
    }

    /// <summary>Hashes a key. All hashes have the same length, so the time of a comparison does not reveal the length of a key.</summary>
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
