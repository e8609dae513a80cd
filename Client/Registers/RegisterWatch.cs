using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Calls;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Registers;

/// <summary>
/// Follows one register. It long-polls the register's grain and, while the grain is suspect, polls the history that the acceptors hold.
/// </summary>
internal sealed class RegisterWatch(
    string name,
    RegisterClient client,
    GatewayMonitor gateways,
    SuspectRegisters suspects,
    SignsOfLife signs,
    PaxosClientOptions options,
    TimeProvider time)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async IAsyncEnumerable<WatchBatch> FollowAsync(WatchPoint after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pause = PollInterval;
        var available = true;
        while (true)
        {
            var started = time.GetTimestamp();
            var batch = await NextAsync(after, cancellationToken);
            if (batch is null || batch.IsEmpty())
            {
                if (available != batch is not null)
                {
                    available = !available;
                    yield return new WatchBatch([], 0, available ? WatchNotice.Available : WatchNotice.Unavailable);
                }

                // A grain's empty answer comes after a long wait; everything else must not turn into a busy loop.
                var rest = pause - time.GetElapsedTime(started);
                if (rest > TimeSpan.Zero)
                    await Task.Delay(rest.RoundedUp(), time, cancellationToken);
                pause = batch is not null ? PollInterval : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                continue;
            }

            pause = PollInterval;
            available = true;
            after = WatchPoint.Of(batch);
            client.Saw(name, after.Version);
            yield return batch;
        }
    }

    /// <summary>Asks once; null when no majority answered.</summary>
    private async Task<WatchBatch?> NextAsync(WatchPoint after, CancellationToken cancellationToken)
    {
        try
        {
            return await AskGrainAsync(after, cancellationToken) ?? await AskAcceptorsAsync(after, cancellationToken);
        }
        catch (QuorumUnavailableException)
        {
            return null;
        }
    }

    /// <summary>Asks the grain once; null when the grain is or becomes suspect, or its answer has a gap.</summary>
    private async Task<WatchBatch?> AskGrainAsync(WatchPoint after, CancellationToken cancellationToken)
    {
        if (suspects.Contains(name) || gateways.Live(name).FirstOrDefault() is not { } gateway)
            return null;
        var poll = PollAsync(gateway.Gateway, after);
        try
        {
            await UntilAnsweredOrHopelessAsync(poll, gateway, cancellationToken);
        }
        finally
        {
            poll.Abandon();
        }

        if (poll.IsCompletedSuccessfully)
        {
            gateway.Answered();
            return WatchSequence.Following(poll.Result, after.Version);
        }

        if (poll.IsCompleted && poll.Failure() is QuorumUnavailableException or ArgumentException)
            await poll;
        suspects.Add(name);
        return null;
    }

    /// <summary>Waits for a poll until it is answered, its gateway is lost, its time is over, or the grain gives no sign of life.</summary>
    private async Task UntilAnsweredOrHopelessAsync(Task poll, GatewayHealth gateway, CancellationToken cancellationToken)
    {
        using var waiting = signs.Begin();
        var started = time.GetTimestamp();
        var ended = Task.WhenAny(poll, gateway.Lost);
        while (time.GetElapsedTime(started) < Wait + options.HungAfter)
        {
            if (await ended.EndsWithinAsync(signs.AskAfter, time, cancellationToken))
                return;
            var sign = suspects.ProbeAsync(name, time.GetTimestamp());
            if (await ended.EndsWithinAsync(options.HedgeAfter / 2, time, cancellationToken) || sign is not { IsCompletedSuccessfully: true, Result: true })
                return;
        }
    }

    private async Task<WatchBatch> PollAsync(IGateway gateway, WatchPoint after) => await gateway.Register(name).WatchAsync(after, Wait);

    private async Task<WatchBatch> AskAcceptorsAsync(WatchPoint after, CancellationToken cancellationToken)
    {
        var history = await client.HistoryAsync(name, cancellationToken);
        return WatchSequence.Following(WatchSequence.FromHistory(history, after), after.Version)
            ?? throw new InvalidOperationException(
                $"The history of register '{name}' has a hole after version {after.Version}. That must never happen; nothing was changed. Report it with the cluster's logs.");
    }
}
