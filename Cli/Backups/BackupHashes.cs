using System.Security.Cryptography;

namespace Orleans.Paxos.Cli.Backups;

/// <summary>Counts and hashes the lines of a backup, for the end of each part and for its last line. Who writes and who reads it come to the same.</summary>
internal sealed class BackupHashes : IDisposable
{
    private readonly IncrementalHash _part = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _lines;
    private int _parts;
    private long _registers;
    private long _deleted;
    private long _versions;
    private int _watermarks;

    /// <summary>How many lines the part has that is not ended.</summary>
    public int Lines => _lines;

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of that part.</summary>
    public int Number => _parts + 1;

    /// <summary>Counts a line of a part.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="bytes">The line with its end.</param>
    public void Add(BackupLine line, ReadOnlySpan<byte> bytes)
    {
        _lines++;
        Bytes += bytes.Length;
        _part.AppendData(bytes);
        _whole.AppendData(bytes);
        _watermarks += line.Watermarks?.Length ?? 0;
        if (line.Register is not { } register)
            return;
        _registers++;
        _versions += register.Entries.Length;
        _deleted += register.Entries[^1].Value is null ? 1 : 0;
    }

    /// <summary>The line that ends the part.</summary>
    public byte[] EndPart()
    {
        var end = new BackupLine { Part = new BackupPart(++_parts, _lines, Convert.ToHexStringLower(_part.GetHashAndReset())) }.ToBytes();
        _whole.AppendData(end);
        (_lines, Bytes) = (0, 0);
        return end;
    }

    /// <summary>What the last line says.</summary>
    public BackupManifest Whole() => new(_registers, _deleted, _versions, _watermarks, _parts, Convert.ToHexStringLower(_whole.GetCurrentHash()));

    public void Dispose()
    {
        _part.Dispose();
        _whole.Dispose();
    }
}
