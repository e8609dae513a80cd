namespace Orleans.Paxos.Acceptors;

/// <summary>
/// One acceptor as this silo sees it. An acceptor that fails again and again, or has been silent for longer than a call
/// waits, is skipped for a moment; a call now and then finds out whether it is back.
/// </summary>
internal sealed class AcceptorPeer(string name, IAcceptor acceptor, TimeSpan silenceLimit, TimeProvider clock)
{
    private const int FailuresToSkip = 3;
    private static readonly TimeSpan SkipFor = TimeSpan.FromMilliseconds(500);

    private int _unanswered;
    private int _failuresInRow;
    private bool _hasAnswered;
    private long _silentSince;
    private long _lastAskedAt;

    public string Name => name;

    public IAcceptor Acceptor => acceptor;

    /// <summary>Whether it answered when it was last asked, and not too long ago.</summary>
    public bool IsAnswering =>
        _failuresInRow < FailuresToSkip && (_unanswered == 0 || clock.GetElapsedTime(_silentSince) < silenceLimit);

    /// <summary>Whether it has answered, has not failed since, and is not silent.</summary>
    public bool HasAnswered => _hasAnswered && _failuresInRow == 0 && IsAnswering;

    /// <summary>Whether to leave it out of a round that does not need it.</summary>
    public bool IsSkipped => !IsAnswering && clock.GetElapsedTime(_lastAskedAt) < SkipFor;

    /// <summary>Sends a call; one that cannot even be sent has failed as well. Whoever sends tells when it has <see cref="Ended"/>.</summary>
    public Task<TReply> Send<TReply>(Func<IAcceptor, Task<TReply>> ask)
    {
        _lastAskedAt = clock.GetTimestamp();
        if (Interlocked.Increment(ref _unanswered) == 1)
            _silentSince = _lastAskedAt;
        try
        {
            return ask(acceptor);
        }
        catch (Exception exception)
        {
            return Task.FromException<TReply>(exception);
        }
    }

    /// <summary>Keeps account of whether the acceptor answers.</summary>
    public void Ended(Task answer)
    {
        Interlocked.Decrement(ref _unanswered);
        _silentSince = clock.GetTimestamp();
        if (!answer.IsCompletedSuccessfully)
        {
            Interlocked.Increment(ref _failuresInRow);
            return;
        }

        _failuresInRow = 0;
        _hasAnswered = true;
    }

    /// <summary>Asks the acceptor for as long as a call may be silent; null when it failed or was silent.</summary>
    public async Task<TReply?> TryAskAsync<TReply>(Func<IAcceptor, Task<TReply>> ask)
        where TReply : class
    {
        try
        {
            return await AskAsync(ask).WaitAsync(silenceLimit, clock);
        }
        catch (Exception exception) when (exception is not AcceptorSetMismatchException)
        {
            return null;
        }
    }

    private async Task<TReply> AskAsync<TReply>(Func<IAcceptor, Task<TReply>> ask)
    {
        var answer = Send(ask);
        await answer.EndAsync();
        Ended(answer);
        return await answer;
    }
}
