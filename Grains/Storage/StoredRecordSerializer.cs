using System.Runtime.InteropServices;
using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>
/// Stores the bytes of a <see cref="StoredRecord"/> as they are, and leaves every other type to another serializer. Set it as the
/// <c>GrainStorageSerializer</c> of any storage provider, so that acceptors' records are the same bytes everywhere.
/// </summary>
/// <param name="others">Serializes every type but <see cref="StoredRecord"/>.</param>
public sealed class StoredRecordSerializer(IGrainStorageSerializer others) : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input)
    {
        if (typeof(T) != typeof(StoredRecord))
            return others.Serialize(input);

        var record = (StoredRecord?)(object?)input ?? throw new ArgumentNullException(nameof(input), "A StoredRecord to store is null.");
        return BinaryData.FromBytes(record.Bytes);
    }

    /// <inheritdoc/>
    public T? Deserialize<T>(BinaryData input) =>
        typeof(T) == typeof(StoredRecord)
            ? (T)(object)new StoredRecord { Bytes = ToArray(input.ToMemory()) }
            : others.Deserialize<T>(input);

    /// <summary>
    /// Returns the array behind the memory if the memory covers all of it, as it does when a provider has just read it; otherwise a copy.
    /// </summary>
    internal static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment) && segment.Array is { } array && array.Length == memory.Length
            ? array
            : memory.ToArray();
}
