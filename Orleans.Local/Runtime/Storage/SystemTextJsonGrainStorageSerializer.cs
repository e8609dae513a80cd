using System.Text.Json;
using Orleans.Storage;

namespace Orleans.Local;

/// <summary>Records as JSON: the serializer of storages that are given no other.</summary>
internal sealed class SystemTextJsonGrainStorageSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span);
}
