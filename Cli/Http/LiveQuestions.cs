namespace Orleans.Paxos.Cli.Http;

/// <summary>
/// Asks a server again and again whether it lives. Questions are counted, not time: while this process itself is held up, it asks
/// nothing, and so misses no answer.
/// </summary>
/// <param name="ask">Asks once. The task succeeds if the server answered, whatever it said.</param>
/// <param name="timing">How often to ask.</param>
internal sealed class LiveQuestions(Func<CancellationToken, Task> ask, HttpTiming timing)
{
    /// <summary>A server that leaves so many questions in a row unanswered hangs. A lost packet or a garbage collection costs fewer.</summary>
    private const int MostUnanswered = 4;

    /// <summary>So many may be under way before the first answer comes: the way to the server and back may be long.</summary>
    private const int MostUnderWay = 25;

    private long _asked;
    private long _askedAtLastAnswer;
    private int _mostUnanswered = MostUnderWay;

    /// <summary>Asks until the server, which had answered before, is silent.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task UntilSilentAsync(CancellationToken cancellationToken)
    {
        while (!await IsAnsweredAsync(cancellationToken))
            await Task.Delay(timing.AskEvery, timing.Time, cancellationToken);

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        while (_asked - Volatile.Read(ref _askedAtLastAnswer) < Volatile.Read(ref _mostUnanswered))
        {
            _asked++;
            _ = HearAsync(over.Token);
            await Task.Delay(timing.AskEvery, timing.Time, cancellationToken);
        }

        over.Cancel();
    }

    private async Task HearAsync(CancellationToken cancellationToken)
    {
        if (!await IsAnsweredAsync(cancellationToken))
            return;
        Volatile.Write(ref _askedAtLastAnswer, Volatile.Read(ref _asked));
        Volatile.Write(ref _mostUnanswered, MostUnanswered);
    }

    private async Task<bool> IsAnsweredAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timing.RequestTimeout, timing.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var answer = ask(ends.Token);
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return answer.IsCompletedSuccessfully;
    }
}
