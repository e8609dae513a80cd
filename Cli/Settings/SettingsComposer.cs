namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Fits a shape to the existing registers: it drops values without a register and adds registers that the shape does not
/// contain. The result flattens to exactly those registers.
/// </summary>
internal static class SettingsComposer
{
    /// <param name="shape">The known part of the shape.</param>
    /// <param name="paths">The paths that have values, in the order of their names.</param>
    public static ShapeGroup Compose(ShapeGroup shape, IReadOnlyList<string[]> paths)
    {
        // Each key once, whatever the shape says and in which case: a file that has a key twice could not be imported.
        var unplaced = paths.Select(SettingsPath.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var taken = unplaced.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var composed = shape.Where(path => unplaced.Remove(SettingsPath.Key(path)), path => taken.Add(SettingsPath.Key(path)));
        foreach (var path in paths.Where(path => unplaced.Contains(SettingsPath.Key(path))))
            Place(composed, path);
        return composed;
    }

    private static void Place(ShapeGroup group, ReadOnlySpan<string> path)
    {
        for (var length = path.Length - 1; length > 0; length--)
        {
            if (group.Members.GetValueOrDefault(Key(path[..length])) is ShapeGroup inner)
            {
                Place(inner, path[length..]);
                return;
            }
        }

        if (path.Length == 1 || group.Members.ContainsKey(path[0]))
            Add(group, Key(path), new ShapeValue(ShapeType.Unknown));
        else
            PlaceInNewGroup(group, path);
    }

    private static void PlaceInNewGroup(ShapeGroup group, ReadOnlySpan<string> path)
    {
        var inner = new ShapeGroup(ShapeKind.Unknown);
        group.Members.Add(path[0], inner);
        Place(inner, path[1..]);
    }

    /// <summary>
    /// Adds a value or group to a group. A register may have a value and registers below it, which nested JSON cannot express.
    /// .NET configuration can: the value stays under its key, and the keys below it contain ':' and stand beside it.
    /// </summary>
    private static void Add(ShapeGroup group, string key, Shape end)
    {
        var below = group.Members.GetValueOrDefault(key) as ShapeGroup;
        group.Members[key] = end;
        foreach (var (path, inner) in below?.Ends() ?? [])
            Add(group, SettingsPath.Key([key, .. path]), inner);
    }

    private static string Key(ReadOnlySpan<string> path) => SettingsPath.Key(path.ToArray());
}
