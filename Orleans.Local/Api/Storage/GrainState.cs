namespace Orleans;

/// <summary>A record in grain storage.</summary>
/// <typeparam name="T">The record's type.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The record.</summary>
    T? State { get; set; }

    /// <summary>The ETag of the version that was read or written last; null when there is none.</summary>
    string? ETag { get; set; }

    /// <summary>Whether the record is in storage.</summary>
    bool RecordExists { get; set; }
}

/// <summary>A record in grain storage.</summary>
/// <typeparam name="T">The record's type.</typeparam>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Makes a record that is not in storage.</summary>
    public GrainState()
    {
    }

    /// <summary>Makes a record that is not in storage.</summary>
    /// <param name="state">The record.</param>
    public GrainState(T? state) => State = state;

    /// <summary>Makes a record.</summary>
    /// <param name="state">The record.</param>
    /// <param name="eTag">Its ETag.</param>
    public GrainState(T? state, string? eTag)
        : this(state) => ETag = eTag;

    /// <inheritdoc/>
    [Id(0)]
    public T? State { get; set; }

    /// <inheritdoc/>
    [Id(1)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    [Id(2)]
    public bool RecordExists { get; set; }
}
