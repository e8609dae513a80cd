using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps records, one per state name and grain, each with an ETag that changes with every write.</summary>
public interface IGrainStorage
{
    /// <summary>Reads a record.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">Takes the record and its ETag; a new record and no ETag when there is none.</param>
    /// <returns>When it is read.</returns>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Reads a record.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">Takes the record and its ETag; a new record and no ETag when there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is read.</returns>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadStateAsync(stateName, grainId, grainState);

    /// <summary>Writes a record if its ETag is the one in storage.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">The record and the ETag it was read with; takes the new ETag.</param>
    /// <returns>When it is written.</returns>
    /// <exception cref="InconsistentStateException">The ETag is another; nothing was written.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes a record if its ETag is the one in storage.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">The record and the ETag it was read with; takes the new ETag.</param>
    /// <param name="cancellationToken">Ends the wait; the write may happen all the same.</param>
    /// <returns>When it is written.</returns>
    /// <exception cref="InconsistentStateException">The ETag is another; nothing was written.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteStateAsync(stateName, grainId, grainState);

    /// <summary>Deletes a record if its ETag is the one in storage.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">The ETag it was read with; takes a new record and no ETag.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="InconsistentStateException">The ETag is another; nothing was deleted.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Deletes a record if its ETag is the one in storage.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">The ETag it was read with; takes a new record and no ETag.</param>
    /// <param name="cancellationToken">Ends the wait; the deletion may happen all the same.</param>
    /// <returns>When it is deleted.</returns>
    /// <exception cref="InconsistentStateException">The ETag is another; nothing was deleted.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearStateAsync(stateName, grainId, grainState);
}
