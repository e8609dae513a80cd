using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Writes registers as a settings file. Each value is as new as a read of it, but the file is not a snapshot of one moment.
/// </summary>
internal sealed class Exporter(IRegisterClient registers)
{
    /// <param name="prefix">What to export.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The file; null when no register starts with the prefix.</returns>
    /// <exception cref="UsageException">A register, or two with the same key, cannot be expressed in a settings file.</exception>
    public async Task<byte[]?> RunAsync(SettingsPrefix prefix, CancellationToken cancellationToken)
    {
        var entries = new List<NamedEntry>();
        await foreach (var page in ListPages.EntriesAsync(registers, prefix.ToString(), "", int.MaxValue, cancellationToken))
            entries.AddRange(page);
        if (entries.Count == 0)
            return null;
        new StoredNames(prefix, [.. entries.Select(each => each.Name)]).RequireKeysOnce();
        var shapes = entries.Where(each => SettingsPrefix.OfShape(each.Name) is not null).OrderBy(each => each.Name.Length).ToArray();
        var shape = await ShapeAsync(prefix, shapes, cancellationToken);
        var settings = entries.Where(each => SettingsPrefix.OfShape(each.Name) is null).Select(each => ToSetting(prefix, each)).ToArray();

        var composed = SettingsComposer.Compose(shape, [.. settings.Select(setting => setting.Path)]);
        var byKey = settings.ToDictionary(setting => setting.Key, setting => setting.Text, StringComparer.OrdinalIgnoreCase);
        byte[] json = [.. SettingsWriter.Write(composed, (path, _) => byKey[SettingsPath.Key(path)], indented: true), (byte)'\n'];
        return json;
    }

    /// <summary>
    /// Merges everything that is known of the shape: first the part below this prefix from imports under shorter prefixes, then
    /// the shapes of imports under this prefix and under longer ones. The first shape that is known for a key wins.
    /// </summary>
    private async Task<ShapeGroup> ShapeAsync(SettingsPrefix prefix, NamedEntry[] inside, CancellationToken cancellationToken)
    {
        var shape = new ShapeGroup(ShapeKind.Object);
        foreach (var outer in prefix.Outer)
        {
            if (SettingsPath.FromName(outer.Below(prefix.ToString()).TrimEnd('/')) is { } path && await StoredAsync(outer, cancellationToken) is { } stored)
                shape = shape.Over(stored.Below(path));
        }

        foreach (var (name, entry) in inside)
        {
            var below = prefix.Below(SettingsPrefix.OfShape(name).ToString()!).TrimEnd('/');
            string[]? path = below.Length == 0 ? [] : SettingsPath.FromName(below);
            if (path is not null && StoredShape.Read(name, entry) is { } stored)
                shape = shape.Over(stored.At(path));
        }

        return shape;
    }

    private async Task<ShapeGroup?> StoredAsync(SettingsPrefix prefix, CancellationToken cancellationToken) => StoredShape.Read(
        prefix.ShapeName,
        await registers.ReadAsync(prefix.ShapeName, ReadConsistency.Linearizable, cancellationToken));

    private static Setting ToSetting(SettingsPrefix prefix, NamedEntry register)
    {
        const string Remedy = "Export under a prefix that leaves it out.";
        var (name, entry) = register;
        if (SettingsPath.FromName(prefix.Below(name)) is not { } path)
            throw new UsageException($"The name '{name}' cannot become a key of a settings file: it has a ':' or a '~' that no import wrote.", Remedy);
        return Utf8Value.Decode(entry.Value) is { } text
            ? new Setting(path, text)
            : throw new UsageException($"The value of '{name}' is not text ({entry.Value.Length} bytes that are not UTF-8), so it cannot stand in JSON.", Remedy);
    }
}
