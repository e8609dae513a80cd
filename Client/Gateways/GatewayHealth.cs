using Microsoft.Extensions.Logging;

namespace Orleans.Paxos.Client.Gateways;

/// <summary>
/// Tracks whether a gateway is live. It is live at first, until it hangs or fails, and again as soon as anything is answered through it.
/// </summary>
internal sealed partial class GatewayHealth(IGateway gateway, TimeProvider time, ILogger logger)
{
    private TaskCompletionSource _lost = new();
    private long _answeredAt = time.GetTimestamp();

    public IGateway Gateway => gateway;

    /// <summary>Set once the gateway has left the set. It is then no longer pinged.</summary>
    public bool Retired { get; set; }

    public bool IsLive => !Lost.IsCompleted;

    /// <summary>
    /// Completes when the gateway counts as hung or failed. Calls that were sent through it are then no longer awaited.
    /// </summary>
    public Task Lost => Volatile.Read(ref _lost).Task;

    /// <summary>The failure of the last ping, when the gateway cannot be reached. Null if the gateway answers, and if it hangs.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The timestamp of the last sign of life.</summary>
    public long AnsweredAt => Volatile.Read(ref _answeredAt);

    /// <summary>Notes that something was answered through the gateway.</summary>
    public void Answered()
    {
        Volatile.Write(ref _answeredAt, time.GetTimestamp());
        Failure = null;
        var lost = Volatile.Read(ref _lost);
        if (lost.Task.IsCompleted && Interlocked.CompareExchange(ref _lost, new TaskCompletionSource(), lost) == lost)
            LogLiveAgain(gateway.Name);
    }

    /// <summary>Notes that a ping has had no answer for too long.</summary>
    public void Hung(TimeSpan silence)
    {
        if (Volatile.Read(ref _lost).TrySetResult())
            LogHung(gateway.Name, silence.TotalMilliseconds);
    }

    /// <summary>Notes that a ping failed.</summary>
    public void Failed(Exception exception)
    {
        Failure = exception;
        if (Volatile.Read(ref _lost).TrySetResult())
            LogFailed(gateway.Name, exception);
    }
}
