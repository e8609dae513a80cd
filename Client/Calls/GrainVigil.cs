namespace Orleans.Paxos.Client.Calls;

/// <summary>
/// Tells a grain that is slow from one that does not answer: asks it for a sign of life, so early that by the time at which
/// a copy would go around it its silence means something.
/// </summary>
/// <param name="askForSign">Asks for a sign of life that is not older than a timestamp.</param>
/// <param name="askAfter">How long to wait for the call's answer alone.</param>
/// <param name="time">The clock.</param>
internal sealed class GrainVigil(Func<long, Task<bool>> askForSign, TimeSpan askAfter, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private Task<bool>? _sign;

    /// <summary>How long until the grain is to be asked; for ever once it was.</summary>
    public TimeSpan AskIn => _sign is null ? askAfter - time.GetElapsedTime(_began) : TimeSpan.MaxValue;

    /// <summary>Whether the grain has given a sign of life.</summary>
    public bool IsAlive => _sign is { IsCompletedSuccessfully: true, Result: true };

    public void AskIfDue()
    {
        if (AskIn <= TimeSpan.Zero)
            _sign = askForSign(_began);
    }
}
