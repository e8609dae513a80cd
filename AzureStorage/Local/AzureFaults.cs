using Microsoft.WindowsAzure.Storage;
using Orleans.Storage;

namespace Orleans.Paxos;

/// <summary>What the exceptions of the stand-in's storage client tell.</summary>
internal static class AzureFaults
{
    /// <summary>Judges an exception; null for one that does not come from the account, or is a conflict.</summary>
    public static StorageFault? Of(Exception exception) => exception switch
    {
        InconsistentStateException or ArgumentException => null,
        StorageException { RequestInformation: { HttpStatusCode: >= 400 } answer } =>
            StorageFault.OfAnswer(answer.HttpStatusCode, answer.ExtendedErrorInformation?.ErrorCode ?? answer.ErrorCode, retryAfter: null),
        StorageException or HttpRequestException or IOException or TimeoutException or OperationCanceledException =>
            StorageFault.Unreachable(exception),
        _ => new StorageFault($"it failed ({exception.GetType().Name})", IsTransient: false),
    };
}
