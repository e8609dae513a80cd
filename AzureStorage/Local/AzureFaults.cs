using System.Net.Sockets;
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
            StorageFault.Unreachable(Cause(exception)),
        _ => new StorageFault($"it failed ({exception.GetType().Name})", IsTransient: false),
    };

    private static string Cause(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return socket.SocketErrorCode.ToString();
            if (cause is TimeoutException or OperationCanceledException)
                return "no answer in time";
        }

        return "the connection broke";
    }
}
