namespace Orleans.Paxos.Client.Calls;

/// <summary>
/// Distinguishes a slow grain from one that does not answer. It asks the grain for a sign of life early enough: when it is time to send
/// a copy around the grain, an answer would have arrived.
/// </summary>
/// <param name="askForSign">Asks for a sign of life that is not older than a timestamp.</param>
/// <param name="askAfter">How long to wait for the call's answer alone.</param>
/// <param name="time">The clock.</param>
internal sealed class GrainVigil(Func<long, Task<bool>> askForSign, TimeSpan askAfter, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private Task<bool>? _sign;

    /// <summary>How long until the grain is to be asked; infinite once it was asked.</summary>
    public TimeSpan AskIn => _sign is null ? askAfter - time.GetElapsedTime(_began) : TimeSpan.MaxValue;

    /// <summary>Whether the grain has given a sign of life.</summary>
    public bool IsAlive => _sign is { IsCompletedSuccessfully: true, Result: true };

    public void AskIfDue()
    {
        if (AskIn <= TimeSpan.Zero)
            _sign = askForSign(_began);
    }
}
