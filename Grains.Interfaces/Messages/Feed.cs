namespace Orleans.Paxos;

/// <summary>Asks an acceptor which registers have got states since a position in its feed.</summary>
/// <param name="Set">The acceptor set that the reader knows.</param>
/// <param name="Feed">The feed that the position is of; empty to learn the feed and its end.</param>
/// <param name="After">The position up to which the reader has the feed.</param>
/// <param name="Wait">How long to wait when there is nothing after it.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.FeedRequest")]
public sealed record FeedRequest(
    [property: Id(0)] AcceptorSetId Set,
    [property: Id(1)] Guid Feed,
    [property: Id(2)] long After,
    [property: Id(3)] TimeSpan Wait);

/// <summary>A part of an acceptor's feed.</summary>
/// <param name="Feed">The feed. An acceptor begins a new one with each activation.</param>
/// <param name="Items">What follows the position asked for, without gaps.</param>
/// <param name="Through">The position up to which the reader now has the feed.</param>
/// <param name="HasGap">Whether the feed is another one, or no longer reaches back to the position. There are no items then.</param>
/// <param name="IsEnd">Whether <paramref name="Through"/> is the end of the feed.</param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.FeedReply")]
public sealed record FeedReply(
    [property: Id(0)] Guid Feed,
    [property: Id(1)] ImmutableArray<FeedItem> Items,
    [property: Id(2)] long Through,
    [property: Id(3)] bool HasGap,
    [property: Id(4)] bool IsEnd);

/// <summary>One state that an acceptor holds. It may never have been chosen.</summary>
/// <param name="Register">The register's name.</param>
/// <param name="Ballot">The ballot that it was accepted under.</param>
/// <param name="Above">
/// The version below those that the state brings: it, and all before it, were chosen by earlier ballots. 0 if the state may bring older ones that
/// were too many for the history.
/// </param>
[GenerateSerializer, Immutable, Alias("Orleans.Paxos.FeedItem")]
public readonly record struct FeedItem(
    [property: Id(0)] string Register,
    [property: Id(1)] Ballot Ballot,
    [property: Id(2)] long Above);
