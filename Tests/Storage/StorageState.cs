namespace Orleans.Paxos.Tests.Storage;

/// <summary>The state of an ordinary grain, as the conformance suite stores it.</summary>
[GenerateSerializer]
public sealed class StorageState
{
    [Id(0)]
    public string? Text { get; set; }

    [Id(1)]
    public long Number { get; set; }

    [Id(2)]
    public byte[]? Blob { get; set; }
}
