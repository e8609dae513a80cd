using Orleans.Paxos.Client.Gateways;
using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Client.Calls;

/// <summary>
/// Runs one call: sends it, sends more copies through other gateways while no answer settles it, and settles it by what is known about
/// all copies. It waits for a grain that is only slow, because the grain folds calls together, and copies sent around the grain would
/// compete with it and slow it down further.
/// </summary>
internal sealed class Hedge<T>(HedgedCall<T> call, GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 10;

    /// <summary>
    /// After this many hedges, another copy is sent even to a grain that answers other calls, because it may never have received the
    /// first one.
    /// </summary>
    private const int HedgesUntilTakenForLost = 4;

    private readonly List<Copy> _copies = [];
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _nextCopyAt;
    private TimeSpan _takenForLostAt;
    private GrainVigil? _vigil;
    private bool _aroundGrain;
    private int _failures;
    private Exception? _lastFailure;

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Runs the call.</summary>
    /// <param name="patience">How long to wait for an answer that settles it.</param>
    /// <param name="cancellationToken">Ends the wait at once; copies that were sent may still have an effect.</param>
    public async Task<T> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _vigil?.AskIfDue();
                if (Elapsed >= _nextCopyAt && !IsGrainMerelySlow())
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
            foreach (var copy in _copies)
            {
                if (copy.Verdict == Verdict.Pending)
                    copy.Answer.Abandon();
            }
        }
    }

    /// <summary>Whether to keep waiting for the grain. If so, starts to wait for its next sign of life.</summary>
    private bool IsGrainMerelySlow()
    {
        if (_vigil is not { IsAlive: true } || Elapsed >= _takenForLostAt)
            return false;
        WaitForGrain();
        return true;
    }

    private void SendCopy()
    {
        if (_vigil is { IsAlive: false })
            GoAroundGrain();
        var gateway = gateways.Live(call.Key).MinBy(TimesUsed);
        if (gateway is null)
        {
            _nextCopyAt = Elapsed + ShortestPause;
            return;
        }

        var toGrain = !_aroundGrain && call.MayAskGrain();
        _copies.Add(new Copy(toGrain, gateway, call.SendAsync(gateway.Gateway, toGrain)));

        // Each further copy is a larger share of the load on a cluster that may only be slow, so copies get rarer.
        var patience = Doubled(options.HedgeAfter, _copies.Count - 1);
        _takenForLostAt = Elapsed + (patience * HedgesUntilTakenForLost);
        _nextCopyAt = Elapsed + patience;
        _vigil = null;
        if (toGrain)
            WaitForGrain();
    }

    private void WaitForGrain()
    {
        _vigil = new GrainVigil(call.GrainAnswersAsync, options.HedgeAfter / 2, time);
        _nextCopyAt = Elapsed + options.HedgeAfter;
    }

    private void GoAroundGrain()
    {
        _aroundGrain = true;
        call.GrainFailed();
    }

    /// <summary>Waits until a copy is answered, its gateway is lost, or it is time for the next copy or the end.</summary>
    private async Task AnythingAsync(TimeSpan endsAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var patience = Shorter(Shorter(_nextCopyAt, endsAt) - Elapsed, _vigil?.AskIn ?? TimeSpan.MaxValue);
        if (patience > TimeSpan.Zero)
            await NextEvent().EndsWithinAsync(patience, time, cancellationToken);
    }

    /// <summary>Ends when a copy is answered or its gateway is lost; never while no copy is under way.</summary>
    private Task NextEvent()
    {
        Task? next = null;
        foreach (var copy in _copies)
        {
            if (copy.Verdict == Verdict.Pending)
                next = next is null ? copy.NextEvent() : Task.WhenAny(next, copy.NextEvent());
        }

        return next ?? new TaskCompletionSource().Task;
    }

    private void JudgeAnswers()
    {
        foreach (var copy in _copies)
        {
            if (copy.Verdict != Verdict.Pending)
                continue;
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
                if (copy.ToGrain)
                    GoAroundGrain();
                SendNextIn(_failures == 0 ? TimeSpan.Zero : Shorter(Doubled(ShortestPause, _failures - 1), LongestPause));
                _failures++;
                return;
            case Verdict.Unavailable when HasUntriedGateway():
                _aroundGrain = true; // the grain did not fail, but another silo's proposer may reach a majority
                SendNextIn(TimeSpan.Zero);
                break;
        }

        copy.Gateway.Answered();
    }

    /// <summary>The copy whose answer becomes the call's answer; null while there is none.</summary>
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

    /// <summary>Sends the next copy after a pause, without waiting for the grain any longer.</summary>
    private void SendNextIn(TimeSpan pause)
    {
        _vigil = null;
        _nextCopyAt = Shorter(_nextCopyAt, Elapsed + pause);
    }

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

    private sealed class Copy(bool toGrain, GatewayHealth gateway, Task<T> answer)
    {
        public bool ToGrain => toGrain;

        public GatewayHealth Gateway => gateway;

        public Task<T> Answer => answer;

        public Verdict Verdict { get; set; }

        /// <summary>Whether the gateway was lost before or after the copy was sent. The copy is then no longer awaited.</summary>
        public bool GatewayLost { get; set; } = !gateway.IsLive;

        /// <summary>Ends when the copy is answered or its gateway is lost.</summary>
        public Task NextEvent() => Answer.IsCompleted || GatewayLost ? Answer : Task.WhenAny(Answer, Gateway.Lost);

        public bool MayHaveEffect => Verdict is Verdict.Pending or Verdict.Unknown;
    }
}
