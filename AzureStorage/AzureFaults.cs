using System.Globalization;
using Azure;
using Orleans.Storage;

namespace Orleans.Paxos.AzureStorage;

/// <summary>Translates exceptions of the Azure client libraries into storage faults.</summary>
internal static class AzureFaults
{
    /// <summary>Returns the fault behind an exception; null for one that does not come from the account, or is a conflict.</summary>
    public static StorageFault? Of(Exception exception) => exception switch
    {
        InconsistentStateException or ArgumentException => null,
        RequestFailedException { Status: > 0 } refused => StorageFault.OfAnswer(refused.Status, refused.ErrorCode, RetryAfter(refused)),
        RequestFailedException or HttpRequestException or IOException or TimeoutException or OperationCanceledException =>
            StorageFault.Unreachable(exception),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => new StorageFault($"it failed ({exception.GetType().Name})", IsTransient: false),
    };

    private static TimeSpan? RetryAfter(RequestFailedException refused) =>
        refused.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
