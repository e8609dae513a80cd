using System.Collections.Concurrent;
using Orleans.Paxos.Cli.Connections;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>Exports registers to a settings file. Each value is read separately, so the file is not a snapshot of one moment.</summary>
/// <param name="registers">The registers.</param>
/// <param name="parallel">The number of registers that are read at the same time.</param>
internal sealed class Exporter(IRegisterClient registers, int parallel)
{
    /// <param name="prefix">The prefix of the registers to export.</param>
    /// <param name="progress">Called, from several threads, with the number of registers read and their total.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <returns>The file; null when no register starts with the prefix.</returns>
    /// <exception cref="UsageException">A register, or two with the same key, cannot be expressed in a settings file.</exception>
    public async Task<byte[]?> RunAsync(SettingsPrefix prefix, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var names = await NamePages.ReadAllAsync(registers, $"{prefix}", cancellationToken);
        if (names.IsEmpty)
            return null;
        new StoredNames(prefix, names).RequireKeysOnce();
        var inside = names.Select(SettingsPrefix.OfShape).OfType<SettingsPrefix>().OrderBy(inner => inner.ToString().Length).ToArray();
        var shape = await ShapeAsync(prefix, inside, cancellationToken);
        var texts = await TextsAsync(prefix, [.. names.Where(name => SettingsPrefix.OfShape(name) is null)], progress, cancellationToken);

        var composed = SettingsComposer.Compose(shape, [.. texts.Select(text => text.Path)]);
        var byKey = texts.ToDictionary(text => text.Key, text => text.Text, StringComparer.OrdinalIgnoreCase);
        byte[] json = [.. SettingsWriter.Write(composed, (path, _) => byKey[SettingsPath.Key(path)], indented: true), (byte)'\n'];
        return json;
    }

    /// <summary>
    /// Merges everything that is known of the shape: first the part below this prefix from imports under shorter prefixes, then
    /// the shapes of imports under this prefix and under longer ones. The first shape that is known for a key wins.
    /// </summary>
    private async Task<ShapeGroup> ShapeAsync(SettingsPrefix prefix, SettingsPrefix[] inside, CancellationToken cancellationToken)
    {
        var shape = new ShapeGroup(ShapeKind.Object);
        foreach (var outer in prefix.Outer)
        {
            if (SettingsPath.FromName(outer.Below(prefix.ToString()).TrimEnd('/')) is { } path && await StoredAsync(outer, cancellationToken) is { } stored)
                shape = shape.Over(stored.Below(path));
        }

        foreach (var inner in inside)
        {
            var below = prefix.Below(inner.ToString()).TrimEnd('/');
            string[]? path = below.Length == 0 ? [] : SettingsPath.FromName(below);
            if (path is not null && await StoredAsync(inner, cancellationToken) is { } stored)
                shape = shape.Over(stored.At(path));
        }

        return shape;
    }

    private async Task<ShapeGroup?> StoredAsync(SettingsPrefix prefix, CancellationToken cancellationToken) => StoredShape.Read(
        prefix.ShapeName,
        await registers.ReadAsync(prefix.ShapeName, ReadConsistency.Linearizable, cancellationToken));

    private async Task<Setting[]> TextsAsync(SettingsPrefix prefix, ImmutableArray<string> names, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var texts = new ConcurrentDictionary<int, Setting>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, names.Length), options, async (index, ends) =>
        {
            var entry = await registers.ReadAsync(names[index], ReadConsistency.Linearizable, ends);
            if (entry is { Deleted: false })
                texts[index] = ToSetting(prefix, names[index], entry);
            progress(texts.Count, names.Length);
        });
        return [.. texts.OrderBy(text => text.Key).Select(text => text.Value)];
    }

    private static Setting ToSetting(SettingsPrefix prefix, string name, RegisterEntry entry)
    {
        const string Remedy = "Export under a prefix that leaves it out.";
        if (SettingsPath.FromName(prefix.Below(name)) is not { } path)
            throw new UsageException($"The name '{name}' cannot become a key of a settings file: it has a ':' or a '~' that no import wrote.", Remedy);
        return Utf8Value.Decode(entry.Value) is { } text
            ? new Setting(path, text)
            : throw new UsageException($"The value of '{name}' is not text ({entry.Value.Length} bytes that are not UTF-8), so it cannot stand in JSON.", Remedy);
    }
}
