namespace Orleans.Paxos.Client.Calls;

/// <summary>
/// Distinguishes a slow grain from one that does not answer. It asks the grain for a sign of life early enough that an answer would
/// arrive before a copy is sent around the grain.
/// </summary>
/// <param name="askForSign">Asks for a sign of life that is not older than a timestamp.</param>
/// <param name="askAfter">How long to wait for the call's own answer before the grain is asked.</param>
/// <param name="time">The clock.</param>
internal sealed class GrainVigil(Func<long, Task<bool>> askForSign, TimeSpan askAfter, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private Task<bool>? _sign;

    /// <summary>How long until the grain is to be asked; infinite once it has been asked.</summary>
    public TimeSpan AskIn => _sign is null ? askAfter - time.GetElapsedTime(_began) : TimeSpan.MaxValue;

    /// <summary>Whether the grain has given a sign of life.</summary>
    public bool IsAlive => _sign is { IsCompletedSuccessfully: true, Result: true };

    public void AskIfDue()
    {
        if (AskIn <= TimeSpan.Zero)
            _sign = askForSign(_began);
    }
}
