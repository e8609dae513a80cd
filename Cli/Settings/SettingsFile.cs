namespace Orleans.Paxos.Cli.Settings;

/// <summary>A settings file, flattened the way .NET configuration flattens it.</summary>
/// <param name="Shape">The shape of the file.</param>
/// <param name="Settings">The values. Empty objects and arrays have no value; only the shape contains them.</param>
internal sealed record SettingsFile(ShapeGroup Shape, ImmutableArray<Setting> Settings);

/// <summary>A value of a settings file.</summary>
/// <param name="Path">The parts of its key.</param>
/// <param name="Text">
/// The text that an application reads: the text of a string, a number as it appears in the file, <c>true</c> or <c>false</c>,
/// or empty for null.
/// </param>
internal readonly record struct Setting(string[] Path, string Text)
{
    /// <summary>The key in .NET configuration.</summary>
    public string Key => SettingsPath.Key(Path);
}
