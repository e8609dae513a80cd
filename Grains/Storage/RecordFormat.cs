namespace Orleans.Paxos.Storage;

/// <summary>
/// The bytes of one kind of record: kind, format version, body, and CRC-32C of everything before it. docs/protocol.md, "Stored records",
/// describes every body, and a snapshot test pins them.
/// </summary>
/// <typeparam name="T">What the record holds.</typeparam>
internal abstract class RecordFormat<T>
{
    /// <summary>The format's name in error messages.</summary>
    public abstract string Name { get; }

    /// <summary>The value of a record that was never written.</summary>
    public abstract T Blank { get; }

    /// <summary>The first byte of every record of this kind.</summary>
    protected abstract byte Kind { get; }

    /// <summary>The version that this library writes.</summary>
    protected virtual byte Version => 1;

    /// <summary>The earliest version that it reads.</summary>
    protected virtual byte OldestVersion => Version;

    public byte[] Encode(T value)
    {
        var writer = RecordWriter.Rent();
        writer.Byte(Kind);
        writer.Byte(Version);
        WriteBody(writer, value);
        writer.Fixed32(Crc32C.Of(writer.Written));
        var bytes = writer.Written.ToArray();
        writer.Return();
        return bytes;
    }

    public T Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < 6 || new RecordReader(bytes[^4..]).Fixed32() != Crc32C.Of(bytes.Span[..^4]))
            throw new DamagedRecordException(Name, $"its checksum does not match its {bytes.Length} bytes.");
        var reader = new RecordReader(bytes[..^4]);
        if (reader.Byte() is var kind && kind != Kind)
            throw new DamagedRecordException(Name, $"it is a record of kind {kind}, not {Kind}.");
        reader.FormatVersion = reader.Byte();
        if (reader.FormatVersion < OldestVersion || reader.FormatVersion > Version)
            throw new DamagedRecordException(Name, $"it has format version {reader.FormatVersion}; this library reads {Readable}.");
        try
        {
            var value = ReadBody(reader);
            return reader.AtEnd ? value : throw new DamagedRecordException(Name, "bytes follow its end.");
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new DamagedRecordException(Name, "it ends too early.", exception);
        }
    }

    private string Readable => OldestVersion == Version ? $"version {Version}" : $"versions {OldestVersion} to {Version}";

    protected abstract void WriteBody(RecordWriter writer, T value);

    protected abstract T ReadBody(RecordReader reader);
}
