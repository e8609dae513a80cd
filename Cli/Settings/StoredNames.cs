using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// The registers below a prefix that have a value, by their keys. .NET configuration tells keys apart without regard to case,
/// registers with it: a key that is stored in another case is that register.
/// </summary>
internal sealed class StoredNames
{
    private readonly ILookup<string, string> _names;

    /// <param name="prefix">The prefix.</param>
    /// <param name="names">All names below it; those that are no key of a settings file are left out.</param>
    public StoredNames(SettingsPrefix prefix, IEnumerable<string> names) =>
        _names = names.Where(name => SettingsPath.FromName(prefix.Below(name)) is not null).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The register that has the key of a name; null when none has.</summary>
    /// <exception cref="UsageException">Several have.</exception>
    public string? Find(string name)
    {
        string[] same = [.. _names[name]];
        if (same.Length > 1)
            throw Ambiguous(same);
        return same.FirstOrDefault();
    }

    /// <exception cref="UsageException">Two registers have the same key.</exception>
    public void RequireKeysOnce()
    {
        if (_names.FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Ambiguous([.. twice]);
    }

    private static UsageException Ambiguous(string[] names) => new(
        $"The registers {string.Join(" and ", names.Select(name => $"'{name}'"))} are one key to .NET configuration, which tells keys apart without regard to case.",
        $"Keep one of them and delete the other, for example with 'paxos delete {names[^1]}'.");
}
