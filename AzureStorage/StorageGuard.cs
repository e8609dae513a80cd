using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Orleans.Paxos.AzureStorage;

/// <summary>
/// Runs the operations of one storage. Transient failures are retried with jitter, never beyond the time that a round waits for its
/// acceptor. While a storage keeps failing, only the guard itself asks it, twice a second, until it answers again.
/// </summary>
internal sealed partial class StorageGuard : IDisposable
{
    private const int FailuresThatCount = 3;
    private static readonly TimeSpan FailuresWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseBetweenProbes = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly ResiliencePropertyKey<StorageFault> LastFault = new(nameof(LastFault));

    private readonly GuardedStorage _storage;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _pipeline;
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _reasonsTold = [];
    private volatile bool _disposed;

    /// <summary>Creates a guard.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="random">The source of the jitter.</param>
    /// <param name="logger">Logs a failure once for each reason, and the recovery once.</param>
    public StorageGuard(GuardedStorage storage, TimeProvider clock, Random random, ILogger<StorageGuard> logger)
    {
        _storage = storage;
        _clock = clock;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 1,
                MinimumThroughput = FailuresThatCount,
                SamplingDuration = FailuresWithin,
                BreakDuration = PauseBetweenProbes,
                ShouldHandle = operation => ValueTask.FromResult(FaultOf(operation.Outcome.Exception, operation.Context) is not null),
                StateProvider = _breaker,
            })
            .AddTimeout(storage.TimeLimit)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                Randomizer = () => NextDouble(random),
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthAnotherAttempt(attempt.Outcome.Exception)),
                DelayGenerator = attempt => ValueTask.FromResult(_storage.FaultOf(attempt.Outcome.Exception!)?.RetryAfter),
                OnRetry = attempt =>
                {
                    attempt.Context.Properties.Set(LastFault, _storage.FaultOf(attempt.Outcome.Exception!)!);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Why the storage is not expected to answer now; null while it is expected to.</summary>
    public string? Problem { get; private set; }

    private DateTimeOffset FailingSince { get; set; }

    /// <summary>Runs an operation.</summary>
    /// <exception cref="StorageUnavailableException">The storage did not answer in time, or refused. A write may or may not have
    /// happened.</exception>
    public async Task RunAsync(Func<Task> operation)
    {
        var context = ResilienceContextPool.Shared.Get();
        try
        {
            await _pipeline.ExecuteAsync(static async (context, attempt) => await WaitAsync(attempt(), context.CancellationToken), context, operation);
        }
        catch (BrokenCircuitException)
        {
            throw new StorageUnavailableException(Problem ?? $"The storage {_storage.Name} does not answer.");
        }
        catch (Exception exception) when (FaultOf(exception, context) is { } fault)
        {
            NoteFailure(fault);
            throw new StorageUnavailableException($"The storage {_storage.Name} failed: {fault.Reason}.");
        }
        finally
        {
            NoteRecovery();
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Stops the probes.</summary>
    public void Dispose() => _disposed = true;

    /// <summary>
    /// Waits for an attempt. Providers take no cancellation token, so an attempt that runs out of time continues, and its outcome is
    /// unknown.
    /// </summary>
    private static async Task WaitAsync(Task attempt, CancellationToken token)
    {
        attempt.Abandon();
        await attempt.WaitAsync(token);
    }

    private static double NextDouble(Random random)
    {
        lock (random)
            return random.NextDouble();
    }

    private bool IsWorthAnotherAttempt(Exception? exception) =>
        exception is not null && _storage.FaultOf(exception) is { IsTransient: true } fault && !(fault.RetryAfter >= _storage.TimeLimit);

    /// <summary>
    /// Returns the fault behind an operation's exception. For an operation that ran out of time, it is that of the last attempt that
    /// ended.
    /// </summary>
    private StorageFault? FaultOf(Exception? exception, ResilienceContext operation) => exception switch
    {
        null => null,
        TimeoutRejectedException => operation.Properties.GetValue(LastFault, StorageFault.NoAnswer),
        _ => _storage.FaultOf(exception),
    };

    /// <summary>Notes a failure. It has no effect until there were so many that the storage is left alone for a while.</summary>
    private void NoteFailure(StorageFault fault)
    {
        lock (_gate)
        {
            if (_breaker.CircuitState != CircuitState.Open)
                return;
            var isNew = Problem is null;
            if (isNew)
                FailingSince = _clock.GetUtcNow();
            if (_reasonsTold.Add(fault.Reason))
                LogFailing(_storage.Name, fault.Reason);
            Problem = $"The storage {_storage.Name} has not answered since {FailingSince:u}: {fault.Reason}. It is asked again twice a second, and the acceptor votes as soon as it answers.";
            if (isNew)
                ProbeAsync().Abandon();
        }
    }

    /// <summary>
    /// Probes the storage without waiting for a call. An acceptor that is left out gets few calls or none, so no call would notice that
    /// the storage is back.
    /// </summary>
    private async Task ProbeAsync()
    {
        do
        {
            await Task.Delay(PauseBetweenProbes, _clock);
            await RunAsync(_storage.ProbeAsync).EndAsync();
        }
        while (Problem is not null && !_disposed);
    }

    private void NoteRecovery()
    {
        lock (_gate)
        {
            if (Problem is null || _breaker.CircuitState != CircuitState.Closed)
                return;
            LogAnswersAgain(_storage.Name, (_clock.GetUtcNow() - FailingSince).TotalSeconds);
            _reasonsTold.Clear();
            Problem = null;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message =
        "The storage {Storage} does not answer: {Reason}. Its acceptor does not vote until it does; a majority of the others goes on.")]
    private partial void LogFailing(string storage, string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "The storage {Storage} answers again, after {Seconds:0.0} s. Its acceptor votes.")]
    private partial void LogAnswersAgain(string storage, double seconds);
}
