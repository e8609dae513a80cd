namespace Orleans.Paxos.Cli.Connections;

/// <summary>Tells when a session is endangered, and when it is lost, by looking at how much of its time is left.</summary>
internal sealed class SessionAlarm : IDisposable
{
    /// <summary>The share of the time-to-live that is left when it is time to stop.</summary>
    private const int DangerShare = 3;

    private readonly CancellationTokenSource _endangered = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly Func<TimeSpan> _remaining;

    public SessionAlarm(TimeProvider time, TimeSpan timeToLive, Func<TimeSpan> remaining)
    {
        (_time, _remaining) = (time, remaining);
        _ = RaiseAsync(timeToLive / DangerShare);
    }

    /// <summary>Is cancelled when a third of the time-to-live is left, or earlier by <see cref="Endanger"/>.</summary>
    public CancellationToken Endangered => _endangered.Token;

    /// <summary>Is cancelled when nothing is left, or earlier by <see cref="Lose"/>.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Says that it is time to stop.</summary>
    public void Endanger() => _endangered.Cancel();

    /// <summary>Says that the session is lost.</summary>
    public void Lose()
    {
        _lost.Cancel();
        _endangered.Cancel();
    }

    /// <summary>Raises no alarm any more.</summary>
    public void Dispose() => _over.Cancel();

    private async Task RaiseAsync(TimeSpan danger)
    {
        await UntilAsync(danger);
        if (!_over.IsCancellationRequested)
            Endanger();
        await UntilAsync(TimeSpan.Zero);
        if (!_over.IsCancellationRequested)
            Lose();
    }

    private async Task UntilAsync(TimeSpan left)
    {
        while (!_over.IsCancellationRequested && _remaining() - left is { Ticks: > 0 } pause)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)), _time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
