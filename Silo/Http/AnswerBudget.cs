namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// The memory that answers under way may take together. What does not fit waits its turn, first come first served, and is refused when
/// that takes too long. An answer larger than the whole budget takes all of it.
/// </summary>
/// <param name="maxBytes">The budget.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="time">The clock.</param>
internal sealed class AnswerBudget(long maxBytes, HttpMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _takenBytes;

    /// <summary>What is taken now.</summary>
    public long TakenBytes
    {
        get
        {
            lock (_lock)
                return _takenBytes;
        }
    }

    /// <summary>How many wait for room now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Takes a share, and waits for it for some seconds if it has to.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The share; dispose of it when the answer has left.</returns>
    /// <exception cref="ProblemException">There was no room in time.</exception>
    public Task<AnswerShare> TakeAsync(long bytes, CancellationToken cancellationToken) => TakeAsync(bytes, Patience, cancellationToken);

    /// <summary>Takes a share, however long it has to wait. Whoever waits so holds no other share.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The share; dispose of it when the answer has left.</returns>
    public Task<AnswerShare> TakeInTurnAsync(long bytes, CancellationToken cancellationToken) => TakeAsync(bytes, Timeout.InfiniteTimeSpan, cancellationToken);

    private async Task<AnswerShare> TakeAsync(long bytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        var share = new AnswerShare(this, Math.Min(bytes, maxBytes));
        await ReserveAsync(share.Bytes, patience, cancellationToken);
        return share;
    }

    /// <summary>Makes a share larger or smaller.</summary>
    internal async Task<long> ResizeAsync(long fromBytes, long toBytes, CancellationToken cancellationToken)
    {
        toBytes = Math.Min(toBytes, maxBytes);
        if (toBytes > fromBytes)
            await ReserveAsync(toBytes - fromBytes, Patience, cancellationToken);
        else
            Release(fromBytes - toBytes);
        return toBytes;
    }

    /// <summary>Gives bytes back, and lets those in who have waited for them.</summary>
    internal void Release(long bytes)
    {
        lock (_lock)
        {
            Add(-bytes);
            while (_waiting.First is { } next && Fits(next.Value.Bytes))
            {
                _waiting.RemoveFirst();
                Add(next.Value.Bytes);
                next.Value.Admitted.SetResult();
            }
        }
    }

    private async Task ReserveAsync(long bytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> waiter;
        lock (_lock)
        {
            if (bytes == 0 || (_waiting.Count == 0 && Fits(bytes)))
            {
                Add(bytes);
                return;
            }

            waiter = _waiting.AddLast(new Waiter(bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        var admitted = waiter.Value.Admitted.Task;
        await admitted.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            if (admitted.IsCompleted)
                return;
            _waiting.Remove(waiter);
        }

        Release(0); // who waits behind may need less
        cancellationToken.ThrowIfCancellationRequested();
        metrics.Refused();
        throw new ProblemException(Problems.TooManyAnswers(maxBytes));
    }

    private bool Fits(long bytes) => _takenBytes + bytes <= maxBytes;

    private void Add(long bytes)
    {
        _takenBytes += bytes;
        metrics.Taken(bytes);
    }

    private sealed record Waiter(long Bytes, TaskCompletionSource Admitted);
}

/// <summary>What one answer, or one that several readers share, takes of the budget.</summary>
/// <param name="budget">The budget.</param>
/// <param name="bytes">The share's size.</param>
internal sealed class AnswerShare(AnswerBudget budget, long bytes) : IDisposable
{
    /// <summary>Its size.</summary>
    public long Bytes { get; private set; } = bytes;

    /// <summary>Makes it as large as the answer turned out to be. To grow it may have to wait, as it had to at first.</summary>
    /// <param name="toBytes">Its new size.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">There was no room in time; the share is as it was.</exception>
    public async Task ResizeAsync(long toBytes, CancellationToken cancellationToken) =>
        Bytes = await budget.ResizeAsync(Bytes, toBytes, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        budget.Release(Bytes);
        Bytes = 0;
    }
}
