using Microsoft.Extensions.Options;

namespace Orleans.Paxos.Silo.Settings;

/// <summary>Reports every mistake in the keys of the section <c>Paxos:Http</c>. No message repeats a key, valid or not.</summary>
internal sealed class HttpAccessOptionsValidator : IValidateOptions<HttpAccessOptions>
{
    private const string Section = $"{SettingsReader.Section}:{nameof(ProcessOptions.Http)}";
    private const int LeastCharacters = 16;
    private const int MostCharacters = 512;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpAccessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        var pathOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, key) in Entries(nameof(options.ReadWriteKeys), options.ReadWriteKeys).Concat(Entries(nameof(options.ReadKeys), options.ReadKeys)))
        {
            if (key.Length is < LeastCharacters or > MostCharacters || !key.All(character => character is > ' ' and <= '~'))
                result.AddError($"{path} is no key: a key has {LeastCharacters} to {MostCharacters} visible ASCII characters and no spaces. 'openssl rand -hex 32' makes a good one.");
            else if (!pathOf.TryAdd(key, path))
                result.AddError($"{path} is the same key as {pathOf[key]}. Each key stands once: remove one of them.");
        }

        return result.Build();
    }

    private static IEnumerable<(string Path, string Key)> Entries(string list, Dictionary<string, string> keys) =>
        keys.Select(entry => ($"{Section}:{list}:{entry.Key}", entry.Value));
}
