namespace Orleans.Paxos.Cli.Settings;

/// <summary>Merges shapes the way .NET configuration merges settings files.</summary>
internal static class ShapeMerge
{
    /// <summary>What the newer shape says, and after it what only the older one knows.</summary>
    /// <remarks>.NET configuration tells keys apart without regard to case: what the newer shape has at a key, stands for both.</remarks>
    public static ShapeGroup Over(this ShapeGroup newer, ShapeGroup older)
    {
        var ends = newer.Ends().ToArray();
        var values = Keys(ends.Where(end => end.End is ShapeValue));
        var keys = Keys(ends);
        return Join(newer, older.Where(path => !values.Contains(SettingsPath.Key(path)), path => !keys.Contains(SettingsPath.Key(path))));
    }

    private static HashSet<string> Keys(IEnumerable<(string[] Path, Shape End)> ends) =>
        ends.Select(end => SettingsPath.Key(end.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The shape of what is below a path.</summary>
    public static ShapeGroup Below(this ShapeGroup group, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
            return group;
        var found = new ShapeGroup(ShapeKind.Unknown);
        foreach (var (key, shape) in group.Members)
        {
            var parts = SettingsPath.Parts(key).AsSpan();
            if (shape is ShapeGroup inner && path.StartsWith(parts))
                found = found.Over(inner.Below(path[parts.Length..]));
            else if (parts.Length > path.Length && parts.StartsWith(path))
                found = found.Over(Single(SettingsPath.Key(parts[path.Length..].ToArray()), shape));
        }

        return found;
    }

    /// <summary>Creates a group that contains this one at a path.</summary>
    public static ShapeGroup At(this ShapeGroup group, ReadOnlySpan<string> path) =>
        path.IsEmpty ? group : Single(path[0], group.At(path[1..]));

    private static ShapeGroup Single(string key, Shape shape)
    {
        var group = new ShapeGroup(ShapeKind.Unknown);
        group.Members.Add(key, shape);
        return group;
    }

    private static ShapeGroup Join(ShapeGroup newer, ShapeGroup older)
    {
        var joined = new ShapeGroup(newer.Kind == ShapeKind.Unknown ? older.Kind : newer.Kind);
        foreach (var (key, shape) in newer.Members)
        {
            var both = shape is ShapeGroup inner && older.Members.GetValueOrDefault(key) is ShapeGroup outer ? Join(inner, outer) : shape;
            joined.Members.Add(key, both);
        }

        foreach (var (key, shape) in older.Members)
            joined.Members.TryAdd(key, shape);
        return joined;
    }
}
