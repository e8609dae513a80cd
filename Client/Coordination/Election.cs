using System.Runtime.CompilerServices;
using Orleans.Paxos.Client.Typed;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>An election: a lock whose holder proclaims a value.</summary>
internal sealed class Election<T>(CoordinationParts parts, string name) : IElection<T>
{
    private readonly LockDesk _desk = new(parts);

    public string Name => name;

    public async Task<ILeadership<T>> CampaignAsync(T value, AcquireOptions? options = null, CancellationToken cancellationToken = default)
    {
        var proclaimed = ValueCodec.Encode(value);
        return await _desk.AcquireAsync(
            name,
            options,
            session => new Bid(LockKind.Election, 1, session.Id, session.Owner, Proclaimed: proclaimed),
            options?.Timeout,
            (grant, session, owns) => new Leadership<T>(parts, name, grant, session, owns),
            cancellationToken) ?? throw new TimeoutException($"Nobody was elected in '{name}' within {options!.Timeout} but others.");
    }

    public async Task<LeaderInfo<T>?> ReadAsync(CancellationToken cancellationToken = default) => LeaderOf(await _desk.Locks.ReadAsync(name, cancellationToken));

    public async IAsyncEnumerable<LeaderInfo<T>?> ObserveAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var entry = await _desk.Locks.ReadAsync(name, cancellationToken);
        yield return LeaderOf(entry);
        await using var register = new FollowedRegister(
            parts.Registers, ReservedNames.OfLock(name), entry is null ? default : WatchPoint.Of(entry), cancellationToken);
        while (true)
        {
            var (isNew, newest) = await register.TakeAsync();
            if (isNew)
                yield return LeaderOf(newest);
        }
    }

    private LeaderInfo<T>? LeaderOf(RegisterEntry? entry)
    {
        if (LockValue.Of(entry) is not { Kind: LockKind.Election, Holders: [{ Proclaimed: { } proclaimed } leader] })
            return null;
        return new LeaderInfo<T>(leader.Session, leader.Owner, leader.Token, ValueCodec.Decode<T>(name, entry! with { Value = proclaimed }));
    }
}
