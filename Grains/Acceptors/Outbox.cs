namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Questions that wait to be sent to one acceptor. While few calls are under way, a question is sent at once. While many are, questions
/// gather and are sent as one call. The busier the silo, the more questions share a message. No question is delayed just to share one.
/// </summary>
/// <param name="send">Sends a call. The answer is null for a single question that could not be answered.</param>
/// <param name="bytesOf">Returns the approximate size of a question without its header.</param>
/// <param name="clock">The clock.</param>
internal sealed class Outbox<TRequest, TReply>(
    Func<Batch<TRequest>, Task<Batch<TReply?>>> send, Func<TRequest, int> bytesOf, TimeProvider clock)
    where TReply : class
{
    private const int CallsAtOnce = 4;
    private const int MostRequests = 256;
    private const int MostBytes = 1024 * 1024;

    /// <summary>An older call may never be answered, so it no longer holds up questions.</summary>
    private static readonly TimeSpan CallsHoldUpFor = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Queue<Question> _waiting = new();
    private readonly List<long> _underWaySince = new(CallsAtOnce);
    private bool _watched;

    /// <summary>Asks a question. The task fails when the call fails or when this question could not be answered.</summary>
    public Task<TReply> AskAsync(TRequest request)
    {
        var question = new Question(request);
        bool mayLeave, watch;
        lock (_gate)
        {
            _waiting.Enqueue(question);
            mayLeave = MayLeave();
            watch = !mayLeave && !_watched;
            _watched |= watch;
        }

        if (mayLeave)
            _ = SendWaitingAsync();
        if (watch)
            _ = WatchAsync();
        return question.Answer;
    }

    private bool MayLeave()
    {
        var holdingUp = 0;
        foreach (var since in _underWaySince)
        {
            if (clock.GetElapsedTime(since) < CallsHoldUpFor)
                holdingUp++;
        }

        return holdingUp < CallsAtOnce;
    }

    /// <summary>Sends the questions that wait, and those that arrive in the meantime.</summary>
    private async Task SendWaitingAsync()
    {
        while (TakeBatch(out var sentAt) is { } batch)
        {
            await CallAsync(batch);
            lock (_gate)
                _underWaySince.Remove(sentAt);
        }
    }

    /// <summary>Runs while questions wait, and ensures that they do not wait for calls that are never answered.</summary>
    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(CallsHoldUpFor, clock);
            bool mayLeave;
            lock (_gate)
            {
                mayLeave = MayLeave();
                _watched = _waiting.Count > 0;
                if (!_watched)
                    return;
            }

            if (mayLeave)
                _ = SendWaitingAsync();
        }
    }

    /// <returns>Null when nothing waits.</returns>
    private List<Question>? TakeBatch(out long sentAt)
    {
        sentAt = clock.GetTimestamp();
        lock (_gate)
        {
            if (_waiting.Count == 0)
                return null;
            _underWaySince.Add(sentAt);
            var batch = new List<Question>(Math.Min(_waiting.Count, MostRequests));
            var bytes = 0L;
            while (batch.Count < MostRequests && _waiting.TryPeek(out var question))
            {
                bytes += bytesOf(question.Request);
                if (batch.Count > 0 && bytes > MostBytes)
                    break;
                batch.Add(_waiting.Dequeue());
            }

            return batch;
        }
    }

    /// <summary>Sends a batch and hands out the answers. Never fails.</summary>
    private async Task CallAsync(List<Question> batch)
    {
        try
        {
            var requests = ImmutableArray.CreateBuilder<TRequest>(batch.Count);
            foreach (var question in batch)
                requests.Add(question.Request);
            var replies = (await send(new Batch<TRequest>(requests.MoveToImmutable()))).Items;
            for (var index = 0; index < batch.Count; index++)
                batch[index].End(replies[index]);
        }
        catch (Exception exception)
        {
            foreach (var question in batch)
                question.Fail(exception);
        }
    }

    private sealed class Question(TRequest request)
    {
        private readonly TaskCompletionSource<TReply> _answer = new();

        public TRequest Request => request;

        public Task<TReply> Answer => _answer.Task;

        public void End(TReply? reply)
        {
            if (reply is null)
                _answer.TrySetException(new InvalidOperationException("The acceptor could not answer; its storage failed."));
            else
                _answer.TrySetResult(reply);
        }

        public void Fail(Exception exception) => _answer.TrySetException(exception);
    }
}
