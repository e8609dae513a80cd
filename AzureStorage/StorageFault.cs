using System.Net.Sockets;

namespace Orleans.Paxos.AzureStorage;

/// <summary>What a failed operation says about the storage.</summary>
/// <param name="Reason">What happened, for display: the storage's error code, never its whole message, which may carry secrets.</param>
/// <param name="IsTransient">Whether the same operation may succeed a moment later.</param>
/// <param name="RetryAfter">How long the storage asks callers to wait; null when it does not say.</param>
internal sealed record StorageFault(string Reason, bool IsTransient, TimeSpan? RetryAfter = null)
{
    /// <summary>There was no answer within the available time.</summary>
    public static StorageFault NoAnswer { get; } = Unreachable("no answer in time");

    /// <summary>Returns the fault for an exception that says why there was no answer.</summary>
    public static StorageFault Unreachable(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SocketException socket)
                return Unreachable(socket.SocketErrorCode.ToString());
            if (cause is TimeoutException or OperationCanceledException)
                return NoAnswer;
        }

        return Unreachable("the connection broke");
    }

    /// <summary>Judges an answer other than success (Azure Storage REST: "Status and error codes").</summary>
    public static StorageFault OfAnswer(int status, string? code, TimeSpan? retryAfter)
    {
        var name = string.IsNullOrEmpty(code) ? $"{status}" : $"{status} {code}";
        return status switch
        {
            429 or 503 => new($"it throttles ({name})", IsTransient: true, retryAfter),
            408 or 500 or 502 or 504 => new($"it failed ({name})", IsTransient: true, retryAfter),
            401 or 403 => new($"it refused the credentials ({name})", IsTransient: false),
            404 => new($"the account has no such table or container ({name})", IsTransient: false),
            413 => new($"the record is too large for it ({name})", IsTransient: false),
            _ => new($"it refused ({name})", IsTransient: false),
        };
    }

    private static StorageFault Unreachable(string how) => new($"it cannot be reached ({how})", IsTransient: true);
}
