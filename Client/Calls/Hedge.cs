namespace Orleans.Paxos;

/// <summary>
/// One call under way: sends it, sends it again through other gateways while no answer settles it, and settles it by what
/// is known of all copies together.
/// </summary>
internal sealed class Hedge<T>(HedgedCall<T> call, GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 10;

    private readonly List<Copy> _copies = [];
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _nextCopyAt;
    private int _failures;
    private Exception? _lastFailure;

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Runs the call.</summary>
    /// <param name="patience">How long to wait for an answer that settles it.</param>
    /// <param name="cancellationToken">Ends the wait at once; the copies go their way.</param>
    public async Task<T> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (Elapsed >= _nextCopyAt)
                    SendCopy();
                await AnythingAsync(patience, cancellationToken);
                JudgeAnswers();
                if (Settling() is { } settling)
                    return await settling.Answer;
                if (Elapsed >= patience)
                    throw GiveUp();
            }
        }
        finally
        {
            foreach (var copy in _copies.Where(copy => copy.Verdict == Verdict.Pending))
                copy.Answer.Abandon();
        }
    }

    private void SendCopy()
    {
        foreach (var copy in _copies.Where(copy => copy.Verdict == Verdict.Pending))
            call.Overdue(copy.Number);
        var gateway = gateways.Live(call.Key).MinBy(TimesUsed);
        if (gateway is null)
        {
            _nextCopyAt = Elapsed + ShortestPause;
            return;
        }

        _copies.Add(new Copy(_copies.Count, gateway, call.SendAsync(gateway.Gateway, _copies.Count)));

        // Each further copy is a larger share of the load on a cluster that may just be slow, so they get rarer.
        _nextCopyAt = Elapsed + Doubled(options.HedgeAfter, _copies.Count - 1);
    }

    /// <summary>Waits until a copy is answered, its gateway is lost, or it is time for the next copy or the end.</summary>
    private async Task AnythingAsync(TimeSpan endsAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var events = new List<Task>(2 * _copies.Count);
        foreach (var copy in _copies.Where(copy => copy.Verdict == Verdict.Pending))
        {
            if (copy.Answer.IsCompleted)
                return;
            events.Add(copy.Answer);
            if (!copy.GatewayLost)
                events.Add(copy.Gateway.Lost);
        }

        var patience = Shorter(_nextCopyAt, endsAt) - Elapsed;
        if (patience <= TimeSpan.Zero)
            return;
        if (events.Count == 0)
            await Task.Delay(patience.RoundedUp(), time, cancellationToken);
        else
            await Task.WhenAny(events).EndsWithinAsync(patience, time, cancellationToken);
    }

    private void JudgeAnswers()
    {
        foreach (var copy in _copies.Where(copy => copy.Verdict == Verdict.Pending))
        {
            if (copy.Answer.IsCompleted)
            {
                Judge(copy);
            }
            else if (!copy.GatewayLost && copy.Gateway.Lost.IsCompleted)
            {
                copy.GatewayLost = true;
                SendNextIn(TimeSpan.Zero);
            }
        }
    }

    private void Judge(Copy copy)
    {
        copy.Verdict = call.Judge(copy.Answer);
        if (!copy.Answer.IsCompletedSuccessfully)
            _lastFailure = copy.Answer.Failure();
        switch (copy.Verdict)
        {
            case Verdict.Failed or Verdict.Unknown:
                if (!copy.Answer.IsCompletedSuccessfully)
                    call.Overdue(copy.Number);
                SendNextIn(_failures == 0 ? TimeSpan.Zero : Shorter(Doubled(ShortestPause, _failures - 1), LongestPause));
                _failures++;
                return;
            case Verdict.Unavailable when HasUntriedGateway():
                SendNextIn(TimeSpan.Zero);
                break;
        }

        copy.Gateway.Answered();
    }

    /// <summary>The copy whose answer is that of the call; null while there is none.</summary>
    private Copy? Settling()
    {
        if (_copies.Find(copy => copy.Verdict == Verdict.Final) is { } final)
            return final;
        if (call.HasEffect && _copies.Exists(copy => copy.MayHaveEffect))
            return null;
        return HasUntriedGateway() ? null : _copies.FindLast(copy => copy.Verdict == Verdict.Unavailable);
    }

    private bool HasUntriedGateway() => gateways.Live(call.Key).Any(gateway => TimesUsed(gateway) == 0);

    private int TimesUsed(GatewayHealth gateway) => _copies.Count(copy => copy.Gateway == gateway);

    private void SendNextIn(TimeSpan pause) => _nextCopyAt = Shorter(_nextCopyAt, Elapsed + pause);

    private Exception GiveUp()
    {
        var seconds = Elapsed.TotalSeconds;
        var happened = _copies.Count == 0
            ? $"No gateway of the cluster could be reached for {seconds:0.###} s."
            : $"No answer settled the call within {seconds:0.###} s; it was sent {_copies.Count} times.";
        var failure = _lastFailure ?? gateways.LastFailure();
        var reason = failure is null ? happened : $"{happened} The last failure: {failure.Message}";
        return call.GiveUp(_copies.Exists(copy => copy.MayHaveEffect), reason, failure);
    }

    private static TimeSpan Doubled(TimeSpan once, int times) => once * (1 << Math.Min(times, MostDoublings));

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private sealed class Copy(int number, GatewayHealth gateway, Task<T> answer)
    {
        public int Number => number;

        public GatewayHealth Gateway => gateway;

        public Task<T> Answer => answer;

        public Verdict Verdict { get; set; }

        /// <summary>Whether the gateway was lost when the copy was sent, or since: it is then no longer waited for.</summary>
        public bool GatewayLost { get; set; } = !gateway.IsLive;

        public bool MayHaveEffect => Verdict is Verdict.Pending or Verdict.Unknown;
    }
}
