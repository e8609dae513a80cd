namespace Orleans.Paxos.Cli;

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

    /// <summary>The values, each with the parts of its path.</summary>
    public IEnumerable<(string[] Path, ShapeValue Value)> Values(params string[] path) => members.SelectMany(member =>
    {
        string[] below = [.. path, .. SettingsPath.Parts(member.Key)];
        return member.Value is ShapeGroup group ? group.Values(below) : [(below, (ShapeValue)member.Value)];
    });

    /// <summary>The values' keys.</summary>
    public HashSet<string> Keys() => Values().Select(value => SettingsPath.Key(value.Path)).ToHashSet(StringComparer.Ordinal);

    /// <summary>A copy with only some of the values. A group that loses all its values goes with them; one that had none stays.</summary>
    public ShapeGroup Where(Func<string[], bool> keep, params string[] path)
    {
        var kept = new ShapeGroup(kind);
        foreach (var (key, shape) in members)
        {
            string[] below = [.. path, .. SettingsPath.Parts(key)];
            if (shape is not ShapeGroup group)
            {
                if (keep(below))
                    kept.Members.Add(key, shape);
            }
            else if (group.Where(keep, below) is var inner && (group.Members.Count == 0 || inner.Members.Count > 0))
            {
                kept.Members.Add(key, inner);
            }
        }

        return kept;
    }
}

/// <summary>The kinds of groups.</summary>
internal enum ShapeKind
{
    /// <summary>No file told the kind: an array if its keys are indexes without gaps.</summary>
    Unknown,
    Object,
    Array,
}
