using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>The result of an import for one register.</summary>
/// <param name="Name">The register.</param>
/// <param name="Effect">What happened, or would happen.</param>
/// <param name="Version">The version written, or the current version.</param>
internal readonly record struct ImportResult(string Name, ImportEffect Effect, long Version);

/// <summary>The effect of an import on a register.</summary>
internal enum ImportEffect
{
    Unchanged,
    Created,
    Changed,
    Deleted,

    /// <summary>The write was refused, because another writer changed the register after the import read it.</summary>
    Refused,
}

/// <summary>How many registers came out how.</summary>
internal sealed record ImportSummary(int Created, int Changed, int Unchanged, int Failed, int Deleted, bool DryRun)
{
    public static ImportSummary Of(IReadOnlyCollection<ImportResult> results, bool dryRun)
    {
        return new ImportSummary(
            Count(ImportEffect.Created),
            Count(ImportEffect.Changed),
            Count(ImportEffect.Unchanged),
            Count(ImportEffect.Refused),
            Count(ImportEffect.Deleted),
            dryRun);

        int Count(ImportEffect effect) => results.Count(result => result.Effect == effect);
    }

    public override string ToString()
    {
        var deleted = Deleted > 0 ? $", {Deleted} deleted" : "";
        return DryRun
            ? $"dry run: {Created} would be created, {Changed} changed, {Unchanged} unchanged{deleted}"
            : $"{Created} created, {Changed} changed, {Unchanged} unchanged, {Failed} failed{deleted}";
    }
}

/// <summary>The summary as <c>--json</c> prints it.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ImportSummary))]
internal sealed partial class ImportJson : JsonSerializerContext;
