namespace Orleans.Paxos;

/// <summary>
/// What an acceptor stores: bytes whose format is this library's own, the same under every storage provider. A provider that
/// serializes with <see cref="StoredRecordSerializer"/> stores exactly these bytes.
/// </summary>
[GenerateSerializer, Alias("Orleans.Paxos.StoredRecord")]
public sealed class StoredRecord
{
    /// <summary>The bytes. Not copied on their way to storage: leave the array unchanged once it was handed over.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
