using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Registers;

/// <summary>
/// Follows all registers below a prefix. It long-polls the silo behind one gateway; when that is lost, is late or reaches no majority, it
/// goes on at the next with the same cursor.
/// </summary>
internal sealed class PrefixWatch(string prefix, Guid id, GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Spreads the watches of all clients over the silos, and lets each stay at one.</summary>
    private readonly string _key = id.ToString("N");

    public async IAsyncEnumerable<PrefixBatch> FollowAsync(string cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new SeenVersions();
        var pause = ShortestPause;
        var available = true;
        while (true)
        {
            if (await NextAsync(cursor, cancellationToken) is { } batch)
            {
                cursor = batch.Cursor;
                yield return seen.Unseen(available ? batch : batch with { Notice = WatchNotice.Available });
                (available, pause) = (true, ShortestPause);
                continue;
            }

            if (available)
                yield return new PrefixBatch([], cursor, Notice: WatchNotice.Unavailable);
            available = false;
            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Asks one gateway after another; null when none brought an answer.</summary>
    private async Task<PrefixBatch?> NextAsync(string cursor, CancellationToken cancellationToken)
    {
        foreach (var gateway in gateways.Live(_key))
        {
            var poll = PollAsync(gateway.Gateway, cursor);
            try
            {
                await Task.WhenAny(poll, gateway.Lost).EndsWithinAsync(Wait + options.RequestTimeout, time, cancellationToken);
            }
            finally
            {
                poll.Abandon();
            }

            if (poll.IsCompletedSuccessfully)
            {
                gateway.Answered();
                return poll.Result;
            }

            if (poll.IsCompleted && !MayAnswerElsewhere(poll.Failure()))
                await poll;
        }

        return null;
    }

    /// <summary>Whether the failure is of one silo, or of the way to it, or passes.</summary>
    private static bool MayAnswerElsewhere(Exception failure) =>
        failure is QuorumUnavailableException or NotSentException or OrleansException or TimeoutException or OperationCanceledException;

    private async Task<PrefixBatch> PollAsync(IGateway gateway, string cursor) => await gateway.PrefixWatch().WatchAsync(prefix, cursor, Wait);
}
