using Orleans.Paxos.Acceptors;

namespace Orleans.Paxos.Watching;

/// <summary>Follows the feeds of all acceptors while somebody watches, and has closed what they name.</summary>
internal sealed class FeedFollowers(
    AcceptorFeeds feeds,
    FeedMerge merge,
    LogPlaces places,
    EventLog log,
    Coverages coverages,
    Teller teller,
    PeerSet peers,
    PaxosOptions options,
    CancellationToken stopping)
{
    private static readonly TimeSpan PauseAfterSilence = TimeSpan.FromMilliseconds(100);

    /// <summary>What only a minority has named is looked after this late, because it is probably on its way to a majority.</summary>
    private readonly TimeSpan _grace = options.AcceptorTimeout / 5;

    private readonly bool[] _following = new bool[peers.All.Count];
    private bool _closingLate;

    private bool IsWanted => coverages.AnyWatched() && !stopping.IsCancellationRequested;

    /// <summary>Begins to follow the feeds that are not followed.</summary>
    public void Start()
    {
        for (var acceptor = 0; acceptor < _following.Length; acceptor++)
        {
            if (!_following[acceptor])
                _ = FollowAsync(acceptor);
        }
    }

    private async Task FollowAsync(int acceptor)
    {
        _following[acceptor] = true;
        while (IsWanted)
        {
            var askedAt = log.End;
            if (await feeds.ReadAsync(acceptor, merge.ReadThrough(acceptor), options.AcceptorTimeout / 2) is { } part)
                Take(acceptor, part, askedAt);
            else
                await Task.Delay(PauseAfterSilence, peers.Clock);
        }

        _following[acceptor] = false;
    }

    private void Take(int acceptor, FeedReply part, long askedAt)
    {
        var through = new FeedMark(part.Feed, part.Through);
        if (part.IsEnd)
            places.Note(acceptor, through, askedAt, log.Dropped);
        if (part.HasGap)
            merge.Join(acceptor, through);
        else
            TakeItems(acceptor, part);
    }

    private void TakeItems(int acceptor, FeedReply part)
    {
        merge.Take(acceptor, part, IsOpen, peers.Clock.GetTimestamp());
        Close(merge.TakeWhere(change => peers.Voters.IsMajority(change.NamedBy)));
        if (merge.HasOpen && !_closingLate)
            _ = CloseLateAsync();
    }

    private bool IsOpen(FeedItem item) => coverages.IsWatched(item.Register) && !teller.HasTold(item.Register, item.Ballot);

    private async Task CloseLateAsync()
    {
        _closingLate = true;
        while (merge.HasOpen)
        {
            await Task.Delay(_grace / 2, peers.Clock);
            Close(merge.TakeWhere(change => peers.Clock.GetElapsedTime(change.Since) >= _grace));
        }

        _closingLate = false;
    }

    private void Close(IReadOnlyList<OpenChange> changes)
    {
        foreach (var change in changes)
            _ = CloseAsync(change);
    }

    private async Task CloseAsync(OpenChange change)
    {
        await teller.CloseAsync(change.Register, change.Ballot);
        change.Close();
    }
}
