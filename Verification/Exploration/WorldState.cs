using System.Runtime.InteropServices;

namespace Orleans.Paxos.Verification.Exploration;

/// <summary>The state of one acceptor. All numbers are those of the <see cref="Catalogue"/>.</summary>
/// <param name="Durable">The record in its storage.</param>
/// <param name="Volatile">The record in its memory. It differs from the stored one only in a negative control.</param>
/// <param name="ToldFirst">What it has told the first proposer in that proposer's current phase 1, or 1 when it has confirmed the state that the proposer reads.</param>
/// <param name="ToldSecond">What it has told the second proposer.</param>
/// <param name="Votes">One bit for each attempt: whether it has accepted the state of that attempt.</param>
/// <param name="Pending">Step by step only: the number of the attempt, from 1, whose message it is processing; 0 for none.</param>
/// <param name="Reply">Step by step only: the promise that it has not yet released; 0 when it is processing an accept.</param>
/// <param name="Bucket">The watermark of the register's bucket, in its storage.</param>
/// <param name="Covers">What the others can have told it of the end that it has accepted: two bits for each acceptor, in their order.</param>
internal readonly record struct AcceptorView(
    ushort Durable, ushort Volatile, ushort ToldFirst, ushort ToldSecond, ushort Votes, ushort Pending, ushort Reply, ushort Bucket, ushort Covers)
    : IComparable<AcceptorView>
{
    private static readonly ImmutableArray<Cover> Helping = [Cover.None, Cover.Later, Cover.Forgotten, Cover.Same];

    public ushort Told(int proposer) => proposer == 0 ? ToldFirst : ToldSecond;

    public AcceptorView WithTold(int proposer, ushort told) =>
        proposer == 0 ? this with { ToldFirst = told } : this with { ToldSecond = told };

    public bool VotedIn(int attempt) => (Votes & (1 << attempt)) != 0;

    public AcceptorView WithVote(int attempt, bool vote) =>
        this with { Votes = (ushort)(vote ? Votes | (1 << attempt) : Votes & ~(1 << attempt)) };

    /// <summary>Of all that another acceptor can have told it, what helps most to forget; <see cref="Cover.None"/> if nothing does.</summary>
    public Cover CoverOf(int other) => Helping[(Covers >> (2 * other)) & 3];

    public AcceptorView WithCover(int other, Cover told)
    {
        var help = Math.Max(Math.Max(Helping.IndexOf(told), 0), (Covers >> (2 * other)) & 3);
        return this with { Covers = (ushort)(Covers & ~(3 << (2 * other)) | (help << (2 * other))) };
    }

    public int CompareTo(AcceptorView other)
    {
        var first = (Durable, Volatile, ToldFirst, ToldSecond, Votes, Pending, Reply)
            .CompareTo((other.Durable, other.Volatile, other.ToldFirst, other.ToldSecond, other.Votes, other.Pending, other.Reply));
        return first != 0 ? first : (Bucket, Covers).CompareTo((other.Bucket, other.Covers));
    }
}

/// <summary>What a proposer waits for.</summary>
internal enum Phase : ushort
{
    /// <summary>Nothing: it has not started an attempt, or has given up the last one.</summary>
    Idle,

    /// <summary>Promises.</summary>
    Preparing,

    /// <summary>Acceptances.</summary>
    Accepting,

    /// <summary>Confirmations of the state of its prepared round by a majority.</summary>
    Confirming,

    /// <summary>Its next request: the last one has an outcome.</summary>
    Answered,
}

/// <summary>The state of one proposer.</summary>
/// <param name="Attempts">The number of attempts that it has started.</param>
/// <param name="Phase">What it is waiting for.</param>
/// <param name="Request">The index of its current request.</param>
/// <param name="Round">The round of the last ballot that it remembers issuing.</param>
/// <param name="Issued">The highest round that it has issued.</param>
/// <param name="Current">The message or prepared round of its current phase.</param>
internal readonly record struct ProposerView(ushort Attempts, Phase Phase, ushort Request, ushort Round, ushort Issued, ushort Current);

/// <summary>
/// The complete state of the world at one moment. Messages in flight form a set: once sent, a message may be delivered any
/// number of times, late, or never. Equal worlds have the same future.
/// </summary>
internal sealed class WorldState : IWorldState<WorldState>
{
    public const int AcceptorCount = 3;
    public const int ProposerCount = 2;

    private WorldState(AcceptorView[] acceptors, ProposerView[] proposers, ushort[] prepares, ushort[] accepts) =>
        (Acceptors, Proposers, Prepares, Accepts) = (acceptors, proposers, prepares, accepts);

    public AcceptorView[] Acceptors { get; }

    public ProposerView[] Proposers { get; }

    /// <summary>The prepare in flight of each attempt. Those of the first proposer come first.</summary>
    public ushort[] Prepares { get; }

    /// <summary>The accept in flight of each attempt.</summary>
    public ushort[] Accepts { get; }

    /// <summary>The accept with the highest ballot whose state was ever chosen; 0 for none.</summary>
    public ushort Chosen { get; set; }

    /// <summary>The number of the chain of all that was chosen; 0 for none.</summary>
    public ushort Chain { get; set; }

    /// <summary>One bit for each request whose refusal was reported to a proposer.</summary>
    public uint Refused { get; set; }

    /// <inheritdoc/>
    public WorldState? Before { get; set; }

    public static WorldState Initial(int attempts, ushort blankRecord, ushort blankBucket) => new(
        [.. Enumerable.Repeat(new AcceptorView(blankRecord, blankRecord, 0, 0, 0, 0, 0, blankBucket, 0), AcceptorCount)],
        new ProposerView[ProposerCount],
        new ushort[ProposerCount * attempts],
        new ushort[ProposerCount * attempts]);

    /// <inheritdoc/>
    public WorldState Copy() => new([.. Acceptors], [.. Proposers], [.. Prepares], [.. Accepts]) { Chosen = Chosen, Chain = Chain, Refused = Refused };

    public bool Equals(WorldState? other) =>
        other is not null && Chosen == other.Chosen && Chain == other.Chain && Refused == other.Refused
        && Bytes(Acceptors).SequenceEqual(Bytes(other.Acceptors)) && Bytes(Proposers).SequenceEqual(Bytes(other.Proposers))
        && Bytes(Prepares).SequenceEqual(Bytes(other.Prepares)) && Bytes(Accepts).SequenceEqual(Bytes(other.Accepts));

    public override bool Equals(object? obj) => Equals(obj as WorldState);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Chosen);
        hash.Add(Chain);
        hash.Add(Refused);
        hash.AddBytes(Bytes(Acceptors));
        hash.AddBytes(Bytes(Proposers));
        hash.AddBytes(Bytes(Prepares));
        hash.AddBytes(Bytes(Accepts));
        return hash.ToHashCode();
    }

    private static ReadOnlySpan<byte> Bytes<T>(T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(values);
}
