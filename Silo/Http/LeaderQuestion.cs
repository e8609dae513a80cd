using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Asks who leads, and who leads next.</summary>
/// <param name="Locks">The registers, reserved ones included.</param>
/// <param name="Name">The election's name.</param>
/// <param name="After">What was seen last; null to begin with whoever leads.</param>
internal sealed record LeaderQuestion(IRegisterClient Locks, string Name, WatchPoint? After) : IWatchQuestion
{
    private const string NoLeader = "no-leader";

    /// <inheritdoc/>
    public async IAsyncEnumerable<WatchAnswer> AskAsync(IRegisterClient registers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var register = ReservedNames.OfLock(Name);
        if (After is not { } after)
        {
            var entry = await Locks.ReadAsync(register, ReadConsistency.Linearizable, cancellationToken);
            yield return new WatchAnswer(WatchNotice.None, Events(entry, entry is null ? default : WatchPoint.Of(entry)));
            yield break;
        }

        await foreach (var batch in Locks.WatchAsync(register, after, cancellationToken))
        {
            var isNotice = batch.Notice is WatchNotice.Unavailable or WatchNotice.Available;
            yield return new WatchAnswer(batch.Notice, isNotice ? null : Events(batch.Entries.LastOrDefault(), WatchPoint.Of(batch)));
        }
    }

    /// <summary>One event for the newest leader; those before are past.</summary>
    private WatchEvents Events(RegisterEntry? entry, WatchPoint seen)
    {
        var events = new EventWriter();
        if (Leader.Of(Name, LockValue.Of(entry)) is { } leader)
            events.WriteEvent(type: null, id: null, leader);
        else
            events.WriteEvent(NoLeader, id: null, new { Name });
        return new WatchEvents(events.Written, this with { After = seen });
    }
}
