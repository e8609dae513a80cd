namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Converts the path of a setting, which is the parts of its key. .NET configuration separates them with ':' and register
/// names with '/'.
/// </summary>
internal static class SettingsPath
{
    public const char KeyDelimiter = ':';
    private const char NameDelimiter = '/';

    /// <summary>Splits a key of a settings file. A ':' within a key starts a new level.</summary>
    public static string[] Parts(string key) => key.Split(KeyDelimiter);

    public static string Key(IEnumerable<string> parts) => string.Join(KeyDelimiter, parts);

    /// <summary>Gets the register's name below the prefix.</summary>
    public static string Name(IEnumerable<string> parts) => string.Join(NameDelimiter, parts.Select(SegmentCode.Encode));

    /// <summary>Gets the parts for a register's name below the prefix; null when no settings key has this name.</summary>
    public static string[]? FromName(string name)
    {
        var segments = name.Split(NameDelimiter);
        string[] parts = [.. segments.Select(SegmentCode.Decode).OfType<string>()];
        return parts.Length == segments.Length ? parts : null;
    }
}
