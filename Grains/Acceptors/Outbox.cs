namespace Orleans.Paxos.Acceptors;

/// <summary>
/// What waits to be asked of one acceptor. While few calls are under way a question leaves at once; while many are, questions
/// gather and leave as one call. The busier the silo, the more of them share a message; nothing ever waits for company.
/// </summary>
/// <param name="send">Sends a call; a question that alone could not be answered has null for an answer.</param>
/// <param name="bytesOf">About how large a question is beyond its header.</param>
/// <param name="clock">The clock.</param>
internal sealed class Outbox<TRequest, TReply>(
    Func<Batch<TRequest>, Task<Batch<TReply?>>> send, Func<TRequest, int> bytesOf, TimeProvider clock)
    where TReply : class
{
    private const int CallsAtOnce = 4;
    private const int MostRequests = 256;
    private const int MostBytes = 1024 * 1024;

    /// <summary>A call that is older may never be answered: it holds up no questions any more.</summary>
    private static readonly TimeSpan CallsHoldUpFor = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Queue<Question> _waiting = new();
    private readonly List<long> _underWaySince = new(CallsAtOnce);
    private bool _watched;

    /// <summary>Asks; the task fails when the call does, or when this question could not be answered.</summary>
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

    /// <summary>Sends what waits, and what has come to wait meanwhile.</summary>
    private async Task SendWaitingAsync()
    {
        while (TakeBatch(out var sentAt) is { } batch)
        {
            await CallAsync(batch);
            lock (_gate)
                _underWaySince.Remove(sentAt);
        }
    }

    /// <summary>While questions wait: sees that they do not wait for calls that are never answered.</summary>
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
