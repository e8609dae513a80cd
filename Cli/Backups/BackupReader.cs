using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>Reads a backup and checks everything in it, line by line. Nothing counts before the last line was read.</summary>
/// <param name="path">The file.</param>
internal sealed class BackupReader(string path)
{
    private string? _lastName;

    /// <summary>How many bytes of it were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>All lines but those that end a part. The first one is the header, the last one the manifest.</summary>
    /// <exception cref="UsageException">The file is damaged, is not whole, or is no backup.</exception>
    public async IAsyncEnumerable<BackupLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var hashes = new BackupHashes();
        await using var file = Open();
        (BytesRead, _lastName) = (0, null);
        var (number, isWhole) = (0L, false);
        await foreach (var bytes in FileLines.ReadAsync(file, cancellationToken))
        {
            number++;
            BytesRead += bytes.Length;
            if (isWhole)
                throw Damaged(number, "something follows the last line of the backup");
            var line = Parse(bytes, number);
            if (line is { Part: not null })
            {
                EnsureSame(bytes, hashes.Lines == 0 ? [] : hashes.EndPart(), number, $"the hash of part {hashes.Number - 1} is not that of the lines before");
                continue;
            }

            isWhole = line.Whole is not null;
            if (isWhole)
            {
                EnsureSame(bytes, hashes.Lines > 0 ? [] : new BackupLine { Whole = hashes.Whole() }.ToBytes(), number, "the counts or the hash of the whole are not those of the lines before");
            }
            else
            {
                Check(line, number);
                hashes.Add(line, bytes);
            }

            yield return line;
        }

        if (!isWhole)
            throw new UsageException($"'{path}' is not whole: it ends after line {number} without the line that says so. The backup was interrupted, or the file was cut off.", Remedy);
    }

    private const string Remedy = "Take another backup; 'paxos backup --verify FILE' checks one. Nothing was written.";

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {exception.Message}", "Give FILE the path of a backup.");
        }
    }

    private BackupLine Parse(byte[] bytes, long number)
    {
        if (bytes[^1] != '\n')
            throw new UsageException($"'{path}' is not whole: it was cut off within line {number}.", Remedy);
        BackupLine line;
        try
        {
            line = BackupLine.Of(bytes.AsSpan(0, bytes.Length - 1));
        }
        catch (JsonException)
        {
            throw number == 1 ? NoBackup() : Damaged(number, "it is not a line of a backup");
        }

        if (number == 1 && line.Backup is null)
            throw NoBackup();
        object?[] members = [line.Backup, line.Register, line.Watermarks, line.Part, line.Whole];
        return members.Count(static member => member is not null) == 1 && (line.Backup is null) == (number > 1) ? line : throw Damaged(number, "it is not a line of a backup");
    }

    private void Check(BackupLine line, long number)
    {
        if (line.Backup is { Format: not BackupHeader.CurrentFormat } header)
            throw new UsageException($"'{path}' is a backup of format {header.Format}, and this program reads format {BackupHeader.CurrentFormat}.", "Use the program that wrote it, or a later one. Nothing was written.");
        if (line.Watermarks?.Any(static watermark => watermark is not [>= 0 and < int.MaxValue, var version, >= 0 and var forgotten] || forgotten > version) == true)
            throw Damaged(number, "a watermark is not a bucket, a version, and what is forgotten");
        if (line.Register is not { } register)
            return;
        if (Problem(register) is { } problem)
            throw Damaged(number, problem);
        if (_lastName is not null && BackupOrder.Instance.Compare(_lastName, register.Name) >= 0)
            throw Damaged(number, $"the register '{register.Name}' is not in order");
        _lastName = register.Name;
    }

    private static string? Problem(Http.BackupRegister register)
    {
        try
        {
            RegisterName.Validate(register.Name, mayBeReserved: true);
            if (!ReservedNames.IsBackedUp(register.Name))
                return $"the register '{register.Name}' is none that a backup has";
            Change.Restore(RestoredRegister.Of(register, bump: 0)).Validate();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return exception.Message;
        }
    }

    private void EnsureSame(byte[] bytes, byte[] expected, long number, string otherwise)
    {
        if (!bytes.AsSpan().SequenceEqual(expected))
            throw Damaged(number, otherwise);
    }

    private UsageException NoBackup() => new($"'{path}' is no backup: its first line does not say so.", "Give FILE a file that 'paxos backup' has written. Nothing was written.");

    private UsageException Damaged(long number, string what) => new($"'{path}' is damaged at line {number}: {what}.", Remedy);
}
