namespace Orleans.Paxos.Cli.Settings;

/// <summary>Merges shapes the way .NET configuration merges settings files.</summary>
internal static class ShapeMerge
{
    /// <summary>Merges two shapes: the members of the newer one, followed by those that only the older one has.</summary>
    /// <remarks>
    /// Values whose keys differ in case are different registers, and both stay. An empty group has a key but no register, and
    /// .NET configuration ignores the case of keys. The newer shape's member therefore replaces it.
    /// </remarks>
    public static ShapeGroup Over(this ShapeGroup newer, ShapeGroup older)
    {
        var ends = newer.Ends().ToArray();
        var values = ends.Where(end => end.End is ShapeValue).Select(end => SettingsPath.Key(end.Path)).ToHashSet(StringComparer.Ordinal);
        var keys = ends.Select(end => SettingsPath.Key(end.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Join(newer, older.Where(path => !values.Contains(SettingsPath.Key(path)), path => !keys.Contains(SettingsPath.Key(path))));
    }

    /// <summary>Gets the part of a shape below a path.</summary>
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
