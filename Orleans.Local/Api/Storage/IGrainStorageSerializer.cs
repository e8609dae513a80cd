namespace Orleans.Storage;

/// <summary>Turns records into bytes and back.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>Writes a record.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="input">The record.</param>
    /// <returns>Its bytes.</returns>
    BinaryData Serialize<T>(T? input);

    /// <summary>Reads a record.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="input">Its bytes.</param>
    /// <returns>The record.</returns>
    T? Deserialize<T>(BinaryData input);
}

/// <summary>Options of a storage provider with a serializer of its own.</summary>
public interface IStorageProviderSerializerOptions
{
    /// <summary>The serializer.</summary>
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
