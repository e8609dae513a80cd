namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// The shape of a settings file: its objects, arrays and keys in their order, and what type each value has, without the
/// values. With it and the registers, the file can be written again.
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
    /// <summary>No file told the type: judged by the text.</summary>
    Unknown,
    String,
    Number,
    Boolean,
    Null,
}

/// <summary>An object or an array. The keys of an array are its indexes.</summary>
/// <param name="kind">Which of them.</param>
/// <param name="members">The keys in their order, and what they hold.</param>
internal sealed class ShapeGroup(ShapeKind kind, OrderedDictionary<string, Shape> members) : Shape
{
    public ShapeGroup(ShapeKind kind)
        : this(kind, new OrderedDictionary<string, Shape>(StringComparer.Ordinal))
    {
    }

    public ShapeKind Kind => kind;

    public OrderedDictionary<string, Shape> Members => members;

    /// <summary>The values and the groups that have no member, each with the parts of its path: what takes a key in a file.</summary>
    public IEnumerable<(string[] Path, Shape End)> Ends(params string[] path) => members.SelectMany(member =>
    {
        string[] below = [.. path, .. SettingsPath.Parts(member.Key)];
        return member.Value is ShapeGroup { Members.Count: > 0 } group ? group.Ends(below) : [(below, member.Value)];
    });

    /// <summary>
    /// A copy with only some of the values and of the groups that have no member. A group that loses all its members goes
    /// with them.
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
    /// <summary>No file shows the kind, so it is an array if its keys are indexes without gaps.</summary>
    Unknown,
    Object,
    Array,
}
