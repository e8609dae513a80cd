using System.Net.Http.Headers;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Http;

/// <summary>A key of the HTTP interface. It has a class of its own, so that no object that holds it can print it.</summary>
internal sealed class AccessKey
{
    /// <summary>The variable of the environment with the key.</summary>
    public const string Variable = "PAXOS_KEY";

    private readonly string _text;

    private AccessKey(string text) => _text = text;

    /// <summary>Reads a key.</summary>
    /// <param name="text">The key; white space around it is not part of it.</param>
    /// <param name="source">Where it is from, for the message.</param>
    /// <exception cref="UsageException">It cannot be a key.</exception>
    public static AccessKey Read(string text, string source)
    {
        var key = text.Trim();
        return key.Length > 0 && key.All(character => character is > ' ' and <= '~')
            ? new AccessKey(key)
            : throw new UsageException($"What is in {source} is no key:", "a key has visible ASCII characters only, and no spaces. The silo's settings have the keys, in Paxos:Http.");
    }

    /// <summary>Puts it into the headers of every request.</summary>
    public void AddTo(HttpRequestHeaders headers) => headers.Authorization = new AuthenticationHeaderValue("Bearer", _text);
}
