namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Fits a shape to the existing registers: values without a register are dropped, and registers that the shape does not know
/// get a place in it. The result flattens to exactly those registers again.
/// </summary>
internal static class SettingsComposer
{
    /// <param name="shape">What is known of the shape.</param>
    /// <param name="paths">Where there are values, in the order of their names.</param>
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
    /// A register may have a value and registers below it, which nested JSON has no form for. .NET configuration has one:
    /// the value under its key and beside it, under keys with ':', what is below.
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
