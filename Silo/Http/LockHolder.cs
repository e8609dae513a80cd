using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Who holds a lock, as JSON.</summary>
/// <param name="Session">The session's id.</param>
/// <param name="Owner">The session's owner text.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="Shared">Whether it is held for reading, beside others.</param>
internal sealed record LockHolder(Guid Session, string Owner, long Token, bool Shared)
{
    /// <summary>What everyone can see of a holder.</summary>
    public static LockHolder Of(Holder holder) => new(holder.Session, holder.Owner, holder.Token, holder.IsShared);
}

/// <summary>A lock that a session holds, as JSON.</summary>
/// <param name="Name">The lock's name.</param>
/// <param name="Kind">What it is used as.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="Session">The session that holds it.</param>
/// <param name="Fence">The header <c>Paxos-Fence</c> to put on writes.</param>
internal sealed record HeldLock(string Name, string Kind, long Token, Guid Session, string Fence)
{
    /// <summary>What a session holds.</summary>
    public static HeldLock Of(string name, Grant grant, Guid session)
    {
        var value = LockValue.Of(grant.Entry);
        return new HeldLock(name, LockKindWord.Of(value, value.HolderOf(session)!), grant.Token, session, new Fence(name, grant.Token).ToHeader());
    }
}
