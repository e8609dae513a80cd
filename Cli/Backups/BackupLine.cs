using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>One line of a backup: a JSON object with one member, which says what it is (docs/operations.md, "Backup and restore").</summary>
internal sealed record BackupLine
{
    /// <summary>The first line.</summary>
    public BackupHeader? Backup { get; init; }

    /// <summary>A register.</summary>
    public BackupRegister? Register { get; init; }

    /// <summary>What new names of buckets begin above: the bucket, the version, and up to which version requests are forgotten.</summary>
    public long[][]? Watermarks { get; init; }

    /// <summary>The end of a part.</summary>
    public BackupPart? Part { get; init; }

    /// <summary>The last line, without which the file is not whole.</summary>
    public BackupManifest? Whole { get; init; }

    /// <summary>The line in UTF-8, with its end.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Strict.BackupLine), (byte)'\n'];

    /// <exception cref="JsonException">It is not a line of a backup.</exception>
    public static BackupLine Of(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize(line, BackupJson.Strict.BackupLine) ?? throw new JsonException("It is the JSON null.");
}

/// <summary>What a backup is of.</summary>
/// <param name="Format">The version of the format.</param>
/// <param name="Made">When it was begun, by the clock of this machine.</param>
/// <param name="Epoch">The epoch of the acceptor set.</param>
/// <param name="Prefix">What the names start with; empty for all.</param>
/// <param name="Buckets">How many buckets of names there are.</param>
internal sealed record BackupHeader(int Format, DateTimeOffset Made, long Epoch, string Prefix, int Buckets)
{
    /// <summary>The version of the format that this program writes, and the only one that it reads.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>The end of a part of a backup.</summary>
/// <param name="Number">The number of the part, from 1 on.</param>
/// <param name="Lines">How many lines it has, this one not counted.</param>
/// <param name="Sha256">The SHA-256 of these lines.</param>
internal sealed record BackupPart(int Number, int Lines, string Sha256);

/// <summary>What a backup has.</summary>
/// <param name="Registers">How many registers.</param>
/// <param name="Deleted">How many of them are deleted.</param>
/// <param name="Versions">How many versions the registers have.</param>
/// <param name="Watermarks">How many buckets have a watermark.</param>
/// <param name="Parts">How many parts.</param>
/// <param name="Sha256">The SHA-256 of the file up to this line.</param>
internal sealed record BackupManifest(long Registers, long Deleted, long Versions, int Watermarks, int Parts, string Sha256);

/// <summary>The JSON of backups: strict, because what is not understood may be damaged.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BackupLine))]
internal sealed partial class BackupJson : JsonSerializerContext
{
    public static BackupJson Strict { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
    });
}
