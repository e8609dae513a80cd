namespace Orleans.Paxos.Cli.Settings;

/// <summary>A settings file, flattened as .NET configuration flattens it.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Settings">Its values. Empty objects and arrays have none: they are in the shape alone.</param>
internal sealed record SettingsFile(ShapeGroup Shape, ImmutableArray<Setting> Settings);

/// <summary>A value of a settings file.</summary>
/// <param name="Path">The parts of its key.</param>
/// <param name="Text">
/// What an application reads: the text of a string, a number as it stands in the file, <c>true</c> or <c>false</c>, nothing
/// for null.
/// </param>
internal readonly record struct Setting(string[] Path, string Text)
{
    /// <summary>The key as .NET configuration writes it.</summary>
    public string Key => SettingsPath.Key(Path);
}
