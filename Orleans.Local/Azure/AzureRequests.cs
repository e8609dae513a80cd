using Microsoft.WindowsAzure.Storage;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Local;

/// <summary>What requests of tables and blobs have in common.</summary>
internal static class AzureRequests
{
    /// <summary>Sends a change that depends on an ETag.</summary>
    /// <exception cref="InconsistentStateException">The condition did not hold: 412, a raced create (409), or gone (404).</exception>
    public static async Task<T> ConditionallyAsync<T>(Func<Task<T>> change, string stateName, GrainId grainId, string? etag)
    {
        try
        {
            return await change().ConfigureAwait(false);
        }
        catch (StorageException exception) when (Status(exception) is 412 or 409 or 404)
        {
            throw new InconsistentStateException(
                $"The record '{stateName}' of {grainId} changed since it was read. Nothing was written; read it again.", "unknown", etag, exception);
        }
    }

    /// <summary>The status of the answer; 0 if there was none.</summary>
    public static int Status(StorageException exception) => exception.RequestInformation?.HttpStatusCode ?? 0;

    /// <summary>A new record where its type can be made, as with Orleans.</summary>
    public static void Blank<T>(IGrainState<T> grainState)
    {
        grainState.State = typeof(T).GetConstructor(Type.EmptyTypes) is null ? default! : Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }
}
