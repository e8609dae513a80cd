using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Proposers;

/// <summary>The watermarks of all acceptors together: what new names begin above.</summary>
internal sealed class ClusterWatermarks(AcceptorPeers peers, PaxosOptions options)
{
    private static readonly TimeSpan PauseBetweenRounds = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Returns the highest watermark of a majority for each bucket. Every acceptor has raised its watermark before one of them forgets a register, so any
    /// of them has it.
    /// </summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    public async Task<WatermarksReply> ReadAsync(int first, int count)
    {
        var (_, votes) = await MajorityRound<WatermarksReply>.AskAsync(
            peers, (acceptor, set) => acceptor.WatermarksAsync(new WatermarksRequest(set, first, count)), options.ProposalTimeout, options);
        var highest = from vote in votes
                      from watermark in vote.Reply.Watermarks
                      group Watermark.From(watermark) by watermark.Bucket into bucket
                      orderby bucket.Key
                      select bucket.Aggregate(static (one, other) => one.With(other)).Of(bucket.Key);
        return new WatermarksReply([.. highest], votes[0].Reply.Buckets);
    }

    /// <summary>
    /// Raises watermarks at every acceptor. A majority would not do: one that was left out may accept a state in the initial round that begins below, and
    /// whoever finds it has to go on from there.
    /// </summary>
    /// <exception cref="QuorumUnavailableException">One did not answer.</exception>
    public async Task RaiseAsync(ImmutableArray<BucketWatermark> watermarks)
    {
        foreach (var watermark in watermarks)
            _ = Watermark.From(watermark);
        var startedAt = peers.Clock.GetTimestamp();
        var (set, left) = (peers.Current, peers.Current.All);
        while (true)
        {
            var request = new RaiseRequest(set.Id, watermarks);
            var replies = await Task.WhenAll(left.Select(peer => peer.TryAskAsync(acceptor => acceptor.RaiseAsync(request))));
            left = peers.Current == set ? [.. left.Where((_, index) => replies[index] is null)] : peers.Current.All;
            set = peers.Current;
            if (left.Count == 0)
                return;
            if (peers.Clock.GetElapsedTime(startedAt) >= options.ProposalTimeout)
                throw new QuorumUnavailableException($"What new names begin above is raised at every acceptor, and {string.Join(", ", left.Select(static peer => $"'{peer.Name}'"))} did not answer.", null);
            await Task.Delay(PauseBetweenRounds, peers.Clock);
        }
    }
}
