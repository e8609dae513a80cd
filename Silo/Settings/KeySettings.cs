using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reads the keys of the HTTP interface. No message has a key in it, right or wrong.</summary>
internal static class KeySettings
{
    /// <summary>The list of keys that may write.</summary>
    public const string ReadWriteKeys = "ReadWriteKeys";

    /// <summary>The list of keys that may read only.</summary>
    public const string ReadKeys = "ReadKeys";

    private const int LeastCharacters = 16;
    private const int MostCharacters = 512;

    /// <summary>Reads both lists.</summary>
    /// <param name="section">The section with them.</param>
    /// <param name="mistakes">Where mistakes are added.</param>
    /// <returns>The keys.</returns>
    public static HttpKeys Read(IConfigurationSection section, List<string> mistakes)
    {
        var readWrite = List(section.GetSection(ReadWriteKeys), mistakes);
        var read = List(section.GetSection(ReadKeys), mistakes);
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, key) in readWrite.Concat(read).Where(entry => !first.TryAdd(entry.Key, entry.Path)))
            mistakes.Add($"{path} is the same key as {first[key]}. Each key stands once: remove one of them.");
        return new HttpKeys(readWrite.Select(entry => entry.Key), read.Select(entry => entry.Key));
    }

    private static List<(string Path, string Key)> List(IConfigurationSection list, List<string> mistakes)
    {
        if (!string.IsNullOrEmpty(list.Value))
            mistakes.Add($"{list.Path} is a list: set {list.Path}:0, {list.Path}:1 and so on (in the environment with '__' for ':').");
        var keys = new List<(string, string)>();
        foreach (var entry in list.GetChildren())
        {
            if (entry.Value is { Length: >= LeastCharacters and <= MostCharacters } key && key.All(IsVisible))
                keys.Add((entry.Path, key));
            else
                mistakes.Add($"{entry.Path} is no key: a key has {LeastCharacters} to {MostCharacters} visible ASCII characters and no spaces. 'openssl rand -hex 32' makes a good one.");
        }

        return keys;
    }

    private static bool IsVisible(char character) => character is > ' ' and <= '~';
}
