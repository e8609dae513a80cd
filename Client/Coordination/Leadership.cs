using Orleans.Paxos.Client.Typed;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>A leadership that a session of this process holds.</summary>
internal sealed class Leadership<T>(CoordinationParts parts, string name, Grant grant, Session session, bool ownsSession)
    : Holding(parts, name, grant, session, ownsSession), ILeadership<T>
{
    private RegisterEntry? _entry = grant.Entry;

    public async Task ProclaimAsync(T value, CancellationToken cancellationToken = default)
    {
        var bytes = ValueCodec.Encode(value);
        while (IsHeld && LockValue.Of(_entry) is var current && current.HolderOf(Session.Id) is { } leader && leader.Token == Token)
        {
            var outcome = await Parts.Registers.ReplaceAsync(ReservedNames.OfLock(Name), _entry, current.Proclaiming(Session.Id, bytes).ToChange(), cancellationToken);
            _entry = outcome.Entry;
            if (outcome.Status == ChangeStatus.Applied)
                return;
        }

        throw new SessionLostException(Session.Id);
    }
}
