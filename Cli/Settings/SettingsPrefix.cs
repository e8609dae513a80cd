namespace Orleans.Paxos.Cli.Settings;

/// <summary>The part of every name that a settings file is imported under.</summary>
internal readonly record struct SettingsPrefix
{
    /// <summary>
    /// The last segment of the register that keeps a file's shape. No setting's name can end so: what follows a '~' in
    /// those is two hexadecimal digits or nothing.
    /// </summary>
    private const string ShapeSegment = "~shape";

    private readonly string _text;

    /// <param name="text">Empty, or segments of names; the '/' at its end may be left out.</param>
    /// <exception cref="ArgumentException">No register's name can start like this.</exception>
    public SettingsPrefix(string text)
    {
        RegisterName.ValidatePrefix(text);
        _text = text.Length == 0 || text.EndsWith('/') ? text : text + "/";
    }

    /// <summary>The register that keeps the shape.</summary>
    public string ShapeName => _text + ShapeSegment;

    /// <summary>The proper prefixes of this one, the shortest first.</summary>
    public IEnumerable<SettingsPrefix> Outer
    {
        get
        {
            for (var end = 0; end >= 0 && end < _text.Length; end = _text.IndexOf('/', end) + 1)
                yield return new SettingsPrefix(_text[..end]);
        }
    }

    public string NameOf(IEnumerable<string> parts) => _text + SettingsPath.Name(parts);

    /// <summary>A name without this prefix.</summary>
    public string Below(string name) => name[_text.Length..];

    /// <summary>The prefix whose shape a register keeps; null when it keeps none.</summary>
    public static SettingsPrefix? OfShape(string name) =>
        name == ShapeSegment || name.EndsWith("/" + ShapeSegment, StringComparison.Ordinal)
            ? new SettingsPrefix(name[..^ShapeSegment.Length])
            : null;

    public override string ToString() => _text;
}
