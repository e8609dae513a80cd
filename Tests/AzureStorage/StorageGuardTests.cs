using Microsoft.Extensions.Logging;
using Orleans.Paxos.AzureStorage;
using Orleans.Paxos.Tests.Client.Fakes;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Retries, their limit, and storage that fails permanently, with a clock that the test controls.</summary>
public sealed class StorageGuardTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan PauseBetweenProbes = TimeSpan.FromMilliseconds(500);

    private readonly VirtualTime _clock = new();
    private readonly LogLines<StorageGuard> _log = new();
    private readonly StorageGuard _guard;
    private int _probes;
    private Exception? _probeFails;

    public StorageGuardTests() => _guard = new StorageGuard(new GuardedStorage("'paxos' (test)", ProbeAsync, Judge, Limit), _clock, new Random(1), _log);

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_transient_failure_is_tried_again_and_nobody_notices()
    {
        var attempts = 0;
        await RunAsync(() => ++attempts < 3 ? throw new TransientException() : Task.CompletedTask);
        Assert.Equal(3, attempts);
        Assert.Null(_guard.Problem);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Attempts_end_with_the_time_that_there_is()
    {
        var attempts = new List<TimeSpan>();
        var started = _clock.GetTimestamp();
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(() =>
        {
            attempts.Add(_clock.GetElapsedTime(started));
            throw new TransientException();
        }));
        Assert.InRange(attempts.Count, 4, 40);
        Assert.All(attempts, at => Assert.InRange(at, TimeSpan.Zero, Limit));
        Assert.Equal("The storage 'paxos' (test) failed: it throttles (503 ServerBusy).", failure.Message);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_given_up_when_the_time_is_over()
    {
        var never = new TaskCompletionSource();
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(() => never.Task));
        Assert.Equal("The storage 'paxos' (test) failed: it cannot be reached (no answer in time).", failure.Message);
    }

    [Fact]
    public async Task A_permanent_failure_is_not_tried_again()
    {
        var attempts = 0;
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(() =>
        {
            attempts++;
            throw new PermanentException();
        }));
        Assert.Equal(1, attempts);
        Assert.Equal("The storage 'paxos' (test) failed: it refused the credentials (403).", failure.Message);
    }

    [Fact]
    public async Task A_conflict_comes_through_as_it_is_and_at_once()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<InconsistentStateException>(() => RunAsync(() =>
        {
            attempts++;
            throw new InconsistentStateException("changed");
        }));
        Assert.Equal(1, attempts);
        Assert.Null(_guard.Problem);
    }

    [Fact]
    public async Task Being_asked_to_stay_away_for_longer_than_there_is_time_ends_the_attempts()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(() =>
        {
            attempts++;
            throw new TransientException { RetryAfter = TimeSpan.FromSeconds(5) };
        }));
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Storage_that_keeps_failing_is_a_problem_told_once_asked_twice_a_second_and_over_by_itself()
    {
        _probeFails = new PermanentException();
        for (var call = 0; call < 3; call++)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => _guard.RunAsync(() => throw new PermanentException()));
        Assert.Contains("it refused the credentials (403)", _guard.Problem);

        var asked = false;
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => _guard.RunAsync(() =>
        {
            asked = true;
            return Task.CompletedTask;
        }));
        Assert.False(asked);
        Assert.Equal(_guard.Problem, failure.Message);

        await PassAsync(TimeSpan.FromSeconds(10));
        Assert.InRange(_probes, 10, 21);
        Assert.NotNull(_guard.Problem);

        _probeFails = null;
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Null(_guard.Problem);
        await _guard.RunAsync(() => Task.CompletedTask);
        Assert.Equal([LogLevel.Error, LogLevel.Warning], _log.Lines.Select(line => line.Level));
        Assert.Contains("does not answer: it refused the credentials (403)", _log.Lines[0].Text);
        Assert.Contains("answers again", _log.Lines[1].Text);

        Assert.False(_clock.TryAdvance(), "It goes on probing.");
    }

    [Fact]
    public async Task A_reason_that_changes_while_the_storage_fails_is_told_too_and_each_once()
    {
        _probeFails = new PermanentException();
        for (var call = 0; call < 3; call++)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => RunAsync(() => throw new TransientException()));
        await PassAsync(TimeSpan.FromSeconds(3));
        _probeFails = new TransientException();
        await PassAsync(TimeSpan.FromSeconds(3));
        Assert.Contains("it throttles (503 ServerBusy)", _guard.Problem);
        Assert.Equal(
            ["it throttles (503 ServerBusy)", "it refused the credentials (403)"],
            _log.Lines.Select(line => line.Text.Split("does not answer: ")[1].Split(". Its")[0]));

        _probeFails = null;
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Contains("answers again", _log.Lines[^1].Text);
    }

    private static StorageFault? Judge(Exception exception) => exception switch
    {
        TransientException transient => StorageFault.OfAnswer(503, "ServerBusy", transient.RetryAfter),
        PermanentException => StorageFault.OfAnswer(403, null, null),
        OperationCanceledException => StorageFault.NoAnswer,
        _ => null,
    };

    /// <summary>Runs an operation and advances the clock from timer to timer until the guard knows the outcome.</summary>
    private async Task RunAsync(Func<Task> operation)
    {
        var running = Task.CompletedTask;
        await Task.Run(() =>
        {
            running = _guard.RunAsync(operation);
            while (!running.IsCompleted)
                AdvanceOrYield(_guard.Problem is null);
        });
        await running;
    }

    /// <summary>Advances the clock over a time in which only probes happen.</summary>
    private Task PassAsync(TimeSpan time) => Task.Run(() =>
    {
        for (var end = _clock.Now + time; _clock.Now < end && _guard.Problem is not null;)
            AdvanceOrYield(_clock.NextIn <= PauseBetweenProbes);
    });

    /// <summary>
    /// Advances the clock only when everything waits for it. A canceled attempt ends on another thread: the timeout of the next
    /// attempt must not expire while that thread is just starting it.
    /// </summary>
    private void AdvanceOrYield(bool mayAdvance)
    {
        if (!mayAdvance || !_clock.TryAdvance())
            Thread.Yield();
    }

    private Task ProbeAsync()
    {
        _probes++;
        return _probeFails is { } failure ? throw failure : Task.CompletedTask;
    }

    private sealed class TransientException : Exception
    {
        public TimeSpan? RetryAfter { get; init; }
    }

    private sealed class PermanentException : Exception;
}
