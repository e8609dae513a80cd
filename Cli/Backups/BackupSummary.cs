using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>What there is to say of a whole backup.</summary>
/// <param name="Registers">How many registers it has.</param>
/// <param name="Deleted">How many of them are deleted.</param>
/// <param name="Versions">How many versions they have.</param>
/// <param name="Watermarks">How many buckets of names have a watermark.</param>
/// <param name="Parts">How many parts the file has.</param>
/// <param name="Made">When it was begun.</param>
/// <param name="Epoch">The epoch of the acceptor set.</param>
/// <param name="Prefix">What the names start with; empty for all.</param>
internal sealed record BackupSummary(long Registers, long Deleted, long Versions, int Watermarks, int Parts, DateTimeOffset Made, long Epoch, string Prefix)
{
    public static BackupSummary Of(CheckedBackup backup) => new(
        backup.Manifest.Registers, backup.Manifest.Deleted, backup.Manifest.Versions, backup.Manifest.Watermarks, backup.Manifest.Parts, backup.Header.Made, backup.Header.Epoch, backup.Header.Prefix);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"whole; {Registers} registers{(Prefix.Length == 0 ? "" : $" below '{Prefix}'")}, {Deleted} of them deleted, {Versions} versions, {Watermarks} watermarks; made {Made:yyyy-MM-dd'T'HH:mm:ss'Z'} in epoch {Epoch}");
}

/// <summary>What there is to say of a restore.</summary>
/// <param name="Restored">How many registers were written.</param>
/// <param name="Before">How many had been restored before.</param>
internal sealed record RestoreSummary(long Restored, long Before)
{
    public override string ToString() => $"{Restored} registers restored{(Before == 0 ? "" : $", {Before} had been restored before")}";
}

/// <summary>The JSON of summaries.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackupSummary))]
[JsonSerializable(typeof(RestoreSummary))]
internal sealed partial class BackupSummaryJson : JsonSerializerContext;
