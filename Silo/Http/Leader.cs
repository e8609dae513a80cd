using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Who leads, as JSON.</summary>
/// <param name="Name">The election's name.</param>
/// <param name="Session">The session's id.</param>
/// <param name="Owner">The session's owner text.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="Fence">What to put on writes.</param>
/// <param name="Value">What the leader proclaims, as text in <paramref name="Encoding"/>.</param>
/// <param name="Encoding"><c>utf8</c> when the bytes are valid UTF-8, else <c>base64</c>.</param>
internal sealed record Leader(string Name, Guid Session, string Owner, long Token, string Fence, string Value, string Encoding)
{
    /// <summary>The leader of an election; null if nobody leads.</summary>
    public static Leader? Of(string name, LockValue value)
    {
        if (value is not { Kind: LockKind.Election, Holders: [{ } holder] })
            return null;
        var (text, encoding) = Envelope.Text(holder.Proclaimed ?? []);
        return new Leader(name, holder.Session, holder.Owner, holder.Token, $"{name}; {holder.Token}", text, encoding);
    }
}
