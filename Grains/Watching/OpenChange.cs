namespace Orleans.Paxos.Watching;

/// <summary>
/// States of one register that feeds have named and that are not closed: it is not known yet whether they were chosen, or never will be.
/// </summary>
/// <param name="register">The register's name.</param>
/// <param name="since">When the first of them was named.</param>
internal sealed class OpenChange(string register, long since)
{
    public string Register => register;

    public long Since => since;

    /// <summary>The highest ballot of the states.</summary>
    public Ballot Ballot { get; private set; } = Ballot.None;

    /// <summary>A version before those that the states bring.</summary>
    public long Above { get; private set; } = long.MaxValue;

    /// <summary>The acceptors whose feeds have named the state of that ballot, a bit for each.</summary>
    public ulong NamedBy { get; private set; }

    /// <summary>Whether each of the states is known to be chosen, or to be never chosen any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Adds a state that a feed has named.</summary>
    public void Name(int acceptor, FeedItem item)
    {
        Above = Math.Min(Above, item.Above);
        if (item.Ballot < Ballot)
            return;
        if (item.Ballot > Ballot)
            (Ballot, NamedBy) = (item.Ballot, 0);
        NamedBy |= 1UL << acceptor;
    }

    /// <summary>Closes it.</summary>
    public void Close() => IsClosed = true;
}
