using System.Security.Cryptography;
using System.Text;

namespace Orleans.Paxos.Silo.Http;

/// <summary>What a key of the HTTP interface allows.</summary>
[Flags]
internal enum KeyRights
{
    /// <summary>Nothing: it is no key of this silo.</summary>
    None = 0,

    /// <summary>To read, list and watch.</summary>
    Read = 1,

    /// <summary>To write and delete too.</summary>
    ReadWrite = 3,
}

/// <summary>The keys of the HTTP interface. It holds their hashes only, so that nothing it is printed with can give a key away.</summary>
/// <param name="readWrite">The keys that may write.</param>
/// <param name="read">The keys that may read only.</param>
internal sealed class HttpKeys(IEnumerable<string> readWrite, IEnumerable<string> read)
{
    private readonly ImmutableArray<(byte[] Hash, KeyRights Rights)> _keys =
    [
        .. readWrite.Select(key => (Hash(key), KeyRights.ReadWrite)),
        .. read.Select(key => (Hash(key), KeyRights.Read)),
    ];

    /// <summary>No key: everything is open.</summary>
    public static HttpKeys None { get; } = new([], []);

    /// <summary>Whether there are keys, so that requests need one.</summary>
    public bool AreConfigured => !_keys.IsEmpty;

    /// <summary>Says what a key that was sent allows, in a time that depends neither on the keys nor on which of them it is.</summary>
    /// <param name="sent">The key that was sent.</param>
    /// <returns>Its rights.</returns>
    public KeyRights RightsOf(string sent)
    {
        var hash = Hash(sent);
        var rights = KeyRights.None;
        foreach (var key in _keys)
        {
            // All are compared: to stop at the first that matches would tell how far it stands in the list.
            var matches = CryptographicOperations.FixedTimeEquals(hash, key.Hash);
            rights |= matches ? key.Rights : KeyRights.None;
        }

        return rights;
    }

    /// <summary>Hashes have one length; the time of a comparison of keys would tell theirs.</summary>
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
