namespace Orleans.Paxos.Cli.Settings;

/// <summary>The prefix of the names of the registers that a settings file is imported to.</summary>
internal readonly record struct SettingsPrefix
{
    /// <summary>
    /// The last segment of the register that stores a file's shape. No setting's name can end with it, because in those names
    /// a '~' is followed by two hexadecimal digits or nothing.
    /// </summary>
    private const string ShapeSegment = "~shape";

    private readonly string _text;

    /// <param name="text">Empty, or segments of names. The trailing '/' is optional.</param>
    /// <exception cref="ArgumentException">No register's name can start with the text.</exception>
    public SettingsPrefix(string text)
    {
        RegisterName.ValidatePrefix(text);
        _text = text.Length == 0 || text.EndsWith('/') ? text : text + "/";
    }

    /// <summary>The name of the register that stores the shape.</summary>
    public string ShapeName => _text + ShapeSegment;

    /// <summary>Gets the proper prefixes of this one, the shortest first.</summary>
    public IEnumerable<SettingsPrefix> Outer
    {
        get
        {
            for (var end = 0; end >= 0 && end < _text.Length; end = _text.IndexOf('/', end) + 1)
                yield return new SettingsPrefix(_text[..end]);
        }
    }

    public string NameOf(IEnumerable<string> parts) => _text + SettingsPath.Name(parts);

    /// <summary>Removes this prefix from a name.</summary>
    public string Below(string name) => name[_text.Length..];

    /// <summary>Gets the prefix whose shape a register stores; null when it stores no shape.</summary>
    public static SettingsPrefix? OfShape(string name) =>
        name == ShapeSegment || name.EndsWith("/" + ShapeSegment, StringComparison.Ordinal)
            ? new SettingsPrefix(name[..^ShapeSegment.Length])
            : null;

    public override string ToString() => _text;
}
