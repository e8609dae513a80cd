namespace Orleans.Paxos.Acceptors;

/// <summary>
/// One acceptor as this silo sees it. An acceptor that fails repeatedly, or that has been silent for longer than a call waits, is skipped
/// for a moment. An occasional call finds out whether it is back.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="acceptor">The acceptor.</param>
/// <param name="peers">All acceptors of the silo.</param>
internal sealed class AcceptorPeer(string name, IAcceptor acceptor, AcceptorPeers peers)
{
    private const int FailuresToSkip = 3;
    private static readonly TimeSpan SkipFor = TimeSpan.FromMilliseconds(500);

    private int _unanswered;
    private int _failuresInRow;
    private int _hasMissed;
    private int _isTold;
    private bool _hasAnswered;
    private long _silentSince;
    private TimeSpan _usualSilence;
    private long _lastAskedAt;

    public string Name => name;

    public IAcceptor Acceptor => acceptor;

    /// <summary>Whether the acceptor answered when it was last asked, and recently enough.</summary>
    public bool IsAnswering => AnswersWithin(peers.SilenceLimit);

    /// <summary>Whether to wait for the acceptor although a majority has answered: it has not been silent for much longer than usual.</summary>
    public bool IsPrompt => AnswersWithin(peers.GraceForOthers > 2 * _usualSilence ? peers.GraceForOthers : 2 * _usualSilence);

    /// <summary>Whether the acceptor has answered, has not failed since, and is not silent.</summary>
    public bool HasAnswered => _hasAnswered && _failuresInRow == 0 && IsAnswering;

    /// <summary>Whether to leave the acceptor out of a round that does not need it.</summary>
    public bool IsSkipped => !IsAnswering && peers.Clock.GetElapsedTime(_lastAskedAt) < SkipFor;

    /// <summary>
    /// Sends a call. A call that cannot be sent counts as a failed one. The sender reports with <see cref="Ended"/> when the call has
    /// ended.
    /// </summary>
    public Task<TReply> Send<TReply>(Func<IAcceptor, Task<TReply>> ask)
    {
        _lastAskedAt = peers.Clock.GetTimestamp();
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

    /// <summary>Records whether the acceptor answered.</summary>
    public void Ended(Task answer)
    {
        Interlocked.Decrement(ref _unanswered);
        var silence = peers.Clock.GetElapsedTime(_silentSince);
        _silentSince = peers.Clock.GetTimestamp();
        if (answer.Exception?.InnerException is AcceptorSetMismatchException { OwnSet: { } set })
        {
            Miss();
            peers.Settle(this, set);
            return;
        }

        if (!answer.IsCompletedSuccessfully)
        {
            Miss();
            if (Interlocked.Increment(ref _failuresInRow) == 1)
                TellAsync().Abandon(); // perhaps only that message was lost
            return;
        }

        _failuresInRow = 0;
        _hasAnswered = true;
        if (_hasMissed != 0)
            TellAsync().Abandon();
        NoteSilence(silence < peers.SilenceLimit ? silence : peers.SilenceLimit);
    }

    /// <summary>Notes that the acceptor misses a message. It is told when it answers again.</summary>
    public void Miss() => _hasMissed = 1;

    /// <summary>Tells the acceptor that it has missed messages, if it is not being told.</summary>
    private async Task TellAsync()
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 1)
            return;
        try
        {
            while (Interlocked.Exchange(ref _hasMissed, 0) == 1)
                await acceptor.NoteMissedAsync();
        }
        catch (Exception)
        {
            Miss(); // the next answer tells that it can be reached
        }
        finally
        {
            _isTold = 0;
        }
    }

    /// <summary>
    /// Asks the acceptor and waits for as long as a call may be silent; null when the acceptor failed or was silent, or has an earlier or a later set.
    /// </summary>
    /// <exception cref="AcceptorSetMismatchException">It has a set that has nothing to do with the silo's.</exception>
    public async Task<TReply?> TryAskAsync<TReply>(Func<IAcceptor, Task<TReply>> ask)
        where TReply : class
    {
        try
        {
            return await AskAsync(ask).WaitAsync(peers.SilenceLimit, peers.Clock);
        }
        catch (Exception exception) when (exception is not AcceptorSetMismatchException { OwnSet: { } set } || set.IsRelatedTo(peers.Current.Set))
        {
            return null;
        }
    }

    /// <summary>Keeps the longest silence before an answer; one that does not come again is soon forgotten.</summary>
    private void NoteSilence(TimeSpan silence)
    {
        var faded = _usualSilence * 7 / 8;
        _usualSilence = silence > faded ? silence : faded;
    }

    private bool AnswersWithin(TimeSpan limit) =>
        _failuresInRow < FailuresToSkip && (_unanswered == 0 || peers.Clock.GetElapsedTime(_silentSince) < limit);

    private async Task<TReply> AskAsync<TReply>(Func<IAcceptor, Task<TReply>> ask)
    {
        var answer = Send(ask);
        await answer.EndAsync();
        Ended(answer);
        return await answer;
    }
}
