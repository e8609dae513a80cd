namespace Orleans.Paxos.Watching;

/// <summary>
/// A prefix that is watched on a silo. It is covered while, of a majority of acceptors, the names below it were listed and what differed was
/// closed since the feed was joined: these feeds then name every change.
/// </summary>
internal sealed class Coverage(string prefix, int acceptors)
{
    private readonly Listed[] _listed = new Listed[acceptors];

    public string Prefix => prefix;

    /// <summary>When it was asked for last.</summary>
    public long WantedAt { get; set; }

    /// <summary>The position in the log from which on every change below the prefix was told; null before it was covered first.</summary>
    public long? ToldSince { get; set; }

    /// <summary>The listing that is under way; null for none.</summary>
    public Task? Listing { get; set; }

    /// <summary>Notes that an acceptor's names were listed and what differed was closed.</summary>
    /// <param name="acceptor">The acceptor.</param>
    /// <param name="join">Which join of its feed came before (<see cref="FeedMerge.JoinOf"/>).</param>
    /// <param name="at">The position in the log after what was told of it.</param>
    public void List(int acceptor, int join, long at) => _listed[acceptor] = new Listed(join, at);

    /// <summary>Whether a feed names every change since it was joined.</summary>
    public bool Has(int acceptor, int join) => join > 0 && _listed[acceptor].Join == join;

    /// <summary>Whether it did so at a position in the log.</summary>
    public bool Had(int acceptor, int join, long at) => Has(acceptor, join) && _listed[acceptor].At <= at;

    private readonly record struct Listed(int Join, long At);
}
