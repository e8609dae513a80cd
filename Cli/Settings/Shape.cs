namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// The shape of a settings file: its objects, arrays and keys in order and the type of each value, without the values.
/// The shape and the registers together are enough to write the file again.
/// </summary>
internal abstract class Shape;

/// <summary>A value.</summary>
/// <param name="type">Its type.</param>
internal sealed class ShapeValue(ShapeType type) : Shape
{
    public ShapeType Type => type;
}

/// <summary>The types of values.</summary>
internal enum ShapeType
{
    /// <summary>The type is not known from a file; the text of the value determines it.</summary>
    Unknown,
    String,
    Number,
    Boolean,
    Null,
}

/// <summary>An object or an array. The keys of an array are its indexes.</summary>
/// <param name="kind">The kind of the group.</param>
/// <param name="members">The keys in order, with their contents.</param>
internal sealed class ShapeGroup(ShapeKind kind, OrderedDictionary<string, Shape> members) : Shape
{
    public ShapeGroup(ShapeKind kind)
        : this(kind, new OrderedDictionary<string, Shape>(StringComparer.Ordinal))
    {
    }

    public ShapeKind Kind => kind;

    public OrderedDictionary<string, Shape> Members => members;

    /// <summary>Gets the values and the empty groups, each with its path. These are what takes up a key in a file.</summary>
    public IEnumerable<(string[] Path, Shape End)> Ends(params string[] path) => members.SelectMany(member =>
    {
        string[] below = [.. path, .. SettingsPath.Parts(member.Key)];
        return member.Value is ShapeGroup { Members.Count: > 0 } group ? group.Ends(below) : [(below, member.Value)];
    });

    /// <summary>
    /// Copies the group with only some of its values and empty groups. A group that loses all its members is dropped as
    /// well.
    /// </summary>
    public ShapeGroup Where(Func<string[], bool> keepValue, Func<string[], bool> keepEmpty, params string[] path)
    {
        var kept = new ShapeGroup(kind);
        foreach (var (key, shape) in members)
        {
            string[] below = [.. path, .. SettingsPath.Parts(key)];
            var copy = shape switch
            {
                ShapeGroup { Members.Count: > 0 } group => group.Where(keepValue, keepEmpty, below) is { Members.Count: > 0 } rest ? rest : null,
                ShapeGroup => keepEmpty(below) ? shape : null,
                _ => keepValue(below) ? shape : null,
            };
            if (copy is not null)
                kept.Members.Add(key, copy);
        }

        return kept;
    }
}

/// <summary>The kinds of groups.</summary>
internal enum ShapeKind
{
    /// <summary>The kind is not known from a file. The group is an array if its keys are indexes without gaps.</summary>
    Unknown,
    Object,
    Array,
}
