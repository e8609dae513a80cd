using Orleans.Paxos.Client.Typed;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>A leadership that a session of this process holds.</summary>
internal sealed class Leadership<T>(CoordinationParts parts, string name, Grant grant, Session session, bool ownsSession)
    : Holding(parts, name, grant, session, ownsSession), ILeadership<T>
{
    public async Task ProclaimAsync(T value, CancellationToken cancellationToken = default)
    {
        var bytes = ValueCodec.Encode(value);
        if (!IsHeld || await Granted.ProclaimAsync(bytes, cancellationToken) is null)
            throw new SessionLostException(Session.Id);
    }
}
