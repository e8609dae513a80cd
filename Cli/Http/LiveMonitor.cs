namespace Orleans.Paxos.Cli.Http;

/// <summary>
/// Notices that a server hangs while there are watches of it. Its connections stay open then, so that a watch cannot tell it from a
/// server that has nothing to say. All watches of a server share the questions; without a watch nothing is asked.
/// </summary>
/// <param name="ask">Asks the server whether it lives. The task succeeds if it answered, whatever it said.</param>
/// <param name="timing">How often to ask.</param>
internal sealed class LiveMonitor(Func<CancellationToken, Task> ask, HttpTiming timing)
{
    private readonly Lock _gate = new();
    private Period? _period;
    private volatile bool _isSilent;

    /// <summary>Whether the server fell silent, and has answered nothing since.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>Is cancelled when the server falls silent while there is a watch.</summary>
    public CancellationToken Silence
    {
        get
        {
            lock (_gate)
                return _period?.Silence.Token ?? CancellationToken.None;
        }
    }

    /// <summary>Begins a watch; dispose of it at its end.</summary>
    public LiveWatch Begin()
    {
        lock (_gate)
        {
            if (_period is null)
            {
                _period = new Period();
                _ = AskAsync(_period);
            }

            var period = _period;
            period.Watches++;
            return new LiveWatch(period.Silence.Token, () => End(period));
        }
    }

    /// <summary>Notes that the server has answered something.</summary>
    public void Answered() => _isSilent = false;

    private async Task AskAsync(Period period)
    {
        var silent = new LiveQuestions(ask, timing).UntilSilentAsync(period.Over.Token);
        await silent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!silent.IsCompletedSuccessfully)
            return;
        Leave(period);
        _isSilent = true;
        period.Silence.Cancel();
    }

    private void End(Period period)
    {
        lock (_gate)
        {
            if (--period.Watches > 0)
                return;
        }

        Leave(period);
        period.Over.Cancel();
    }

    /// <summary>The next watch begins another period.</summary>
    private void Leave(Period period)
    {
        lock (_gate)
        {
            if (_period == period)
                _period = null;
        }
    }

    /// <summary>A time in which there are watches, until the server is silent.</summary>
    private sealed class Period
    {
        public CancellationTokenSource Over { get; } = new();

        public CancellationTokenSource Silence { get; } = new();

        public int Watches { get; set; }
    }
}
