using System.Text;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>What an import writes: checked as a whole before the first write. A deletion is the import of nothing.</summary>
/// <param name="Prefix">Where it goes.</param>
/// <param name="Shape">The file's shape; null for a deletion, which writes none.</param>
/// <param name="Values">The registers and their values.</param>
/// <param name="Empty">The registers that empty objects and arrays would have; a value there goes.</param>
internal sealed record ImportPlan(SettingsPrefix Prefix, ShapeGroup? Shape, ImmutableArray<PlannedValue> Values, ImmutableArray<string> Empty)
{
    private const string Remedy = "Nothing was written.";

    /// <summary>Whether what is not in the file goes, from the prefix and from its shape.</summary>
    public bool IsStrict { get; private init; }

    /// <summary>What the plan is, for messages.</summary>
    public string Activity => Shape is null ? "deletion" : "import";

    /// <summary>The registers that are to have no value.</summary>
    public ImmutableArray<string> Deleted => [.. Values.Where(value => value.Value is null).Select(value => value.Name)];

    /// <summary>A plan that deletes registers.</summary>
    public static ImportPlan Deletion(SettingsPrefix prefix, IEnumerable<string> names) => new(prefix, null, [.. names.Select(PlannedValue.None)], []);

    /// <exception cref="UsageException">A name or a value breaks a limit; the message names the key.</exception>
    public static ImportPlan Make(SettingsFile file, SettingsPrefix prefix, int maxValueBytes)
    {
        var values = ImmutableArray.CreateBuilder<PlannedValue>(file.Settings.Length);
        foreach (var setting in file.Settings)
        {
            var name = prefix.NameOf(setting.Path);
            if (RegisterName.Problem(name) is { } problem)
                throw new UsageException($"The key '{setting.Key}' would become the register '{name}'. {problem}", Remedy);
            var value = Encoding.UTF8.GetBytes(setting.Text);
            if (value.Length > maxValueBytes)
                throw new UsageException($"The value of '{setting.Key}' has {value.Length} bytes; the limit is {maxValueBytes}.", Remedy);
            values.Add(new PlannedValue(name, value));
        }

        RegisterName.Validate(prefix.ShapeName);
        CheckShape(file.Shape, maxValueBytes);
        var empty = file.Shape.Ends().Where(end => end.End is ShapeGroup).Select(end => prefix.NameOf(end.Path));
        return new ImportPlan(prefix, file.Shape, values.ToImmutable(), [.. empty]);
    }

    /// <summary>
    /// Lays the file over what is stored, as .NET configuration does: a key that is there in another case keeps its register,
    /// and where the file has an empty object or array, there is no value.
    /// </summary>
    /// <param name="names">The registers below the prefix that have a value.</param>
    /// <param name="strict">Whether every register goes that the file has no value for.</param>
    /// <exception cref="UsageException">Two registers have a key of the file.</exception>
    public ImportPlan Over(ImmutableArray<string> names, bool strict)
    {
        var stored = new StoredNames(Prefix, names);
        PlannedValue[] values = [.. Values.Select(value => value with { Name = stored.Find(value.Name) ?? value.Name })];
        var gone = strict ? names.Except([.. values.Select(value => value.Name), Prefix.ShapeName]) : Empty.Select(stored.Find).OfType<string>();
        return this with { Values = [.. values, .. gone.Select(PlannedValue.None)], Empty = [], IsStrict = strict };
    }

    /// <exception cref="UsageException">The shape does not fit into a register.</exception>
    public static byte[] CheckShape(ShapeGroup shape, int maxValueBytes)
    {
        var document = ShapeDocument.Write(shape);
        return document.Length <= maxValueBytes ? document : throw new UsageException(
            $"The keys of the settings make {document.Length} bytes, and the register that keeps the file's shape takes {maxValueBytes}.",
            $"Split the file and import each part under a prefix of its own. {Remedy}");
    }
}

/// <summary>A register and the value that it is to have; null for none.</summary>
internal readonly record struct PlannedValue(string Name, byte[]? Value)
{
    public static PlannedValue None(string name) => new(name, null);

    /// <summary>Whether that is what an entry has already.</summary>
    public bool IsThatOf(RegisterEntry? entry) =>
        entry is { Deleted: false } ? Value is not null && entry.Value.AsSpan().SequenceEqual(Value) : Value is null;
}
