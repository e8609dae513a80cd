namespace Orleans.Paxos;

/// <summary>
/// One acceptor as this silo sees it. An acceptor that fails again and again, or has been silent for longer than a call
/// waits, is skipped for a moment; a call now and then finds out whether it is back.
/// </summary>
internal sealed class AcceptorPeer(string name, IAcceptorGrain grain, TimeSpan silenceLimit, TimeProvider clock)
{
    private const int FailuresToSkip = 3;
    private static readonly TimeSpan SkipFor = TimeSpan.FromMilliseconds(500);

    private int _unanswered;
    private int _failuresInRow;
    private long _silentSince;
    private long _lastAskedAt;

    public string Name => name;

    public IAcceptorGrain Grain => grain;

    /// <summary>Whether it answered when it was last asked, and not too long ago.</summary>
    public bool IsAnswering =>
        _failuresInRow < FailuresToSkip && (_unanswered == 0 || clock.GetElapsedTime(_silentSince) < silenceLimit);

    /// <summary>Whether to leave it out of a round that does not need it.</summary>
    public bool IsSkipped => !IsAnswering && clock.GetElapsedTime(_lastAskedAt) < SkipFor;

    /// <summary>Asks the acceptor and keeps account of whether it answers.</summary>
    /// <returns>The answer's task, which has ended.</returns>
    public async Task<Task<TReply>> AskAsync<TReply>(Func<IAcceptorGrain, Task<TReply>> ask)
    {
        _lastAskedAt = clock.GetTimestamp();
        if (Interlocked.Increment(ref _unanswered) == 1)
            _silentSince = _lastAskedAt;
        var answer = Send(ask);
        await answer.EndAsync();
        Interlocked.Decrement(ref _unanswered);
        _silentSince = clock.GetTimestamp();
        if (answer.IsCompletedSuccessfully)
            _failuresInRow = 0;
        else
            Interlocked.Increment(ref _failuresInRow);
        return answer;
    }

    /// <summary>Asks the acceptor for as long as a call may be silent; null when it failed or was silent.</summary>
    public async Task<TReply?> TryAskAsync<TReply>(Func<IAcceptorGrain, Task<TReply>> ask)
        where TReply : class
    {
        try
        {
            return await await AskAsync(ask).WaitAsync(silenceLimit, clock);
        }
        catch (Exception exception) when (exception is not AcceptorSetMismatchException)
        {
            return null;
        }
    }

    /// <summary>Sends a call; one that cannot even be sent has failed as well.</summary>
    private Task<TReply> Send<TReply>(Func<IAcceptorGrain, Task<TReply>> ask)
    {
        try
        {
            return ask(grain);
        }
        catch (Exception exception)
        {
            return Task.FromException<TReply>(exception);
        }
    }
}
