using Orleans.Storage;

namespace Orleans.Paxos.Benchmarks.Micro;

/// <summary>Serializes nothing, because an acceptor's records are already bytes.</summary>
internal sealed class OnlyRecords : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => throw new NotSupportedException($"Only records are stored here, not {typeof(T)}.");

    public T? Deserialize<T>(BinaryData input) => throw new NotSupportedException($"Only records are stored here, not {typeof(T)}.");
}
