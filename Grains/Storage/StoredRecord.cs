namespace Orleans.Paxos;

/// <summary>A record whose bytes are this library's own: versioned, documented, and the same under every storage provider.</summary>
[GenerateSerializer, Alias("Orleans.Paxos.StoredRecord")]
public sealed class StoredRecord
{
    /// <summary>The bytes; empty in a record that was never written.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
