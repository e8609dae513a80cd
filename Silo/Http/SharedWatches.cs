namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// What watchers are given next. All who follow the same and have seen the same share one question and the bytes of its answer, however
/// many they are.
/// </summary>
/// <param name="registers">The registers.</param>
/// <param name="budgets">The memory for answers.</param>
/// <param name="options">Has the largest value.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedWatches(IRegisterClient registers, AnswerBudgets budgets, HttpOptions options, TimeProvider time)
{
    /// <summary>A question that is not answered by then waits for a version that nobody has written yet.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<IWatchQuestion, Step> _steps = [];

    /// <summary>Joins those who wait for the answer to a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isUpToDate">Whether nothing new is known to be there: then there is no answer to make room for yet.</param>
    /// <returns>The step; dispose of it when its bytes are written.</returns>
    public Step Join(IWatchQuestion question, bool isUpToDate)
    {
        lock (_lock)
        {
            if (!_steps.TryGetValue(question, out var step))
                _steps.Add(question, step = new Step(this, question, isUpToDate));
            step.Readers++;
            return step;
        }
    }

    private void Leave(Step step)
    {
        lock (_lock)
        {
            if (--step.Readers > 0)
                return;
            _steps.Remove(step.Question);
        }

        _ = step.EndAsync();
    }

    private async Task<WatchEvents> AskAsync(Step step, bool isUpToDate, CancellationToken cancellationToken)
    {
        var share = step.Share = await budgets.Events.TakeInTurnAsync(isUpToDate ? 0 : AnswerBudgets.BytesOf(options.MaxValueBytes), cancellationToken);
        var answer = NextAsync(step, cancellationToken);
        if (!isUpToDate && await Task.WhenAny(answer, Task.Delay(Settled, time, cancellationToken)) != answer)
            await share.ResizeAsync(0, cancellationToken); // its answer will be what somebody writes then
        var events = await answer;
        await share.ResizeAsync(events.Bytes.Length, cancellationToken);
        return events;
    }

    private async Task<WatchEvents> NextAsync(Step step, CancellationToken cancellationToken)
    {
        await foreach (var (notice, events) in step.Question.AskAsync(registers, cancellationToken))
        {
            if (events is not null)
                return events;
            step.Tell(notice == WatchNotice.Unavailable);
        }

        throw new InvalidOperationException($"A watch has ended by itself: {step.Question}.");
    }

    /// <summary>The answer to a question, for all who wait for it.</summary>
    internal sealed class Step : IDisposable
    {
        private readonly CancellationTokenSource _left = new();
        private readonly SharedWatches _watches;
        private TaskCompletionSource _told = NewSignal();

        public Step(SharedWatches watches, IWatchQuestion question, bool isUpToDate)
        {
            (_watches, Question) = (watches, question);
            Events = Task.Run(() => watches.AskAsync(this, isUpToDate, _left.Token));
        }

        public IWatchQuestion Question { get; }

        public int Readers { get; set; }

        public AnswerShare? Share { get; set; }

        /// <summary>Whether no majority of acceptors answers, so that it is not known what follows.</summary>
        public bool IsUnavailable { get; private set; }

        /// <summary>Ends when <see cref="IsUnavailable"/> changes; read it first.</summary>
        public Task Told => Volatile.Read(ref _told).Task;

        /// <summary>The events, as soon as there are some.</summary>
        public Task<WatchEvents> Events { get; }

        /// <summary>Tells all who wait whether a majority answers.</summary>
        public void Tell(bool isUnavailable)
        {
            IsUnavailable = isUnavailable;
            Interlocked.Exchange(ref _told, NewSignal()).SetResult();
        }

        /// <inheritdoc/>
        public void Dispose() => _watches.Leave(this);

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Nobody reads it any more.</summary>
        public async Task EndAsync()
        {
            await _left.CancelAsync();
            await ((Task)Events).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Share?.Dispose();
            _left.Dispose();
        }
    }
}
