using System.Text;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>The registers that an import writes. The whole plan is checked before the first write.</summary>
/// <param name="Prefix">The prefix of the registers.</param>
/// <param name="Shape">The shape of the file.</param>
/// <param name="Values">The registers and their values.</param>
internal sealed record ImportPlan(SettingsPrefix Prefix, ShapeGroup Shape, ImmutableArray<PlannedValue> Values)
{
    private const string Remedy = "Nothing was written.";

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
        return new ImportPlan(prefix, file.Shape, values.ToImmutable());
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

/// <summary>A register and its new value.</summary>
internal readonly record struct PlannedValue(string Name, byte[] Value)
{
    /// <summary>Whether an entry has the value already.</summary>
    public bool IsThatOf(RegisterEntry? entry) => entry is { Deleted: false } && entry.Value.AsSpan().SequenceEqual(Value);
}
