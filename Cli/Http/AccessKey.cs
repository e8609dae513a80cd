using System.Net.Http.Headers;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>A key of the HTTP interface. It has its own class so that objects that hold a key do not print it.</summary>
internal sealed class AccessKey
{
    /// <summary>The variable of the environment with the key.</summary>
    public const string Variable = "PAXOS_KEY";

    private readonly string _text;

    private AccessKey(string text) => _text = text;

    /// <summary>Parses a key.</summary>
    /// <param name="text">The key. White space around it is ignored.</param>
    /// <param name="source">The source of the key, for the message.</param>
    /// <exception cref="UsageException">The text is not a valid key.</exception>
    public static AccessKey Read(string text, string source)
    {
        var key = text.Trim();
        return key.Length > 0 && key.All(character => character is > ' ' and <= '~')
            ? new AccessKey(key)
            : throw new UsageException($"What is in {source} is no key:", "a key has visible ASCII characters only, and no spaces. The silo's settings have the keys, in Paxos:Http.");
    }

    /// <summary>Adds the key to the headers of every request.</summary>
    public void AddTo(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Bearer", _text);
}
