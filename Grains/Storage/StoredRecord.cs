namespace Orleans.Paxos;

/// <summary>
/// A record of an acceptor: bytes in this library's own format, which is the same with every storage provider. A provider that serializes
/// with <see cref="StoredRecordSerializer"/> stores exactly these bytes.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.StoredRecord")]
public sealed class StoredRecord
{
    /// <summary>Gets or sets the bytes. The array is not copied; do not change it after it is handed to storage.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
