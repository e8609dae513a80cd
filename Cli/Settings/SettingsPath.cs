namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Where a setting is: the parts of its key. .NET configuration writes them with ':' between, names of registers have '/'.
/// </summary>
internal static class SettingsPath
{
    public const char KeyDelimiter = ':';
    private const char NameDelimiter = '/';

    /// <summary>The parts of a key as a settings file has it: a ':' in a key is a level like any other.</summary>
    public static string[] Parts(string key) => key.Split(KeyDelimiter);

    public static string Key(IEnumerable<string> parts) => string.Join(KeyDelimiter, parts);

    /// <summary>The register's name below the prefix.</summary>
    public static string Name(IEnumerable<string> parts) => string.Join(NameDelimiter, parts.Select(SegmentCode.Encode));

    /// <summary>The parts that have this name below the prefix; null when no settings key does.</summary>
    public static string[]? FromName(string name)
    {
        var segments = name.Split(NameDelimiter);
        string[] parts = [.. segments.Select(SegmentCode.Decode).OfType<string>()];
        return parts.Length == segments.Length ? parts : null;
    }
}
