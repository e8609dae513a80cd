using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Watching;

/// <summary>
/// Serves the watchers of prefixes on one silo, and follows the feeds of all acceptors for them (docs/protocol.md, "Watching a prefix").
/// Not thread-safe: calls take turns, as the calls of a grain do.
/// </summary>
internal sealed class PrefixReader
{
    /// <summary>What a watcher has missed is told in one batch. If it is more, the watch begins again, in pages.</summary>
    private const long MostBytesMissed = 8 * 1024 * 1024;

    private readonly PeerSet _peers;
    private readonly TimeSpan _lookAgainAfter;
    private readonly SharedListing _listing;
    private readonly ChangeCloser _closer;
    private readonly FeedMerge _merge;
    private readonly EventLog _log;
    private readonly LogPlaces _places;
    private readonly AcceptorFeeds _feeds;
    private readonly Coverages _coverages;
    private readonly FeedFollowers _followers;
    private readonly CancellationToken _stopping;

    /// <summary>Creates a reader, for the acceptors of the set that is known now.</summary>
    /// <param name="peers">The acceptors.</param>
    /// <param name="propose">Runs a proposal.</param>
    /// <param name="options">The limits and timeouts.</param>
    /// <param name="id">An id that was never used before.</param>
    /// <param name="stopping">Ends what it does in the background, and sends those who wait elsewhere.</param>
    /// <param name="mostEnded">How many registers to remember after they have ended, even if acceptors have forgotten them. No feed reaches back to earlier ones.</param>
    public PrefixReader(
        AcceptorPeers peers,
        Func<ProposeRequest, Task<ProposeResult>> propose,
        PaxosOptions options,
        Guid id,
        CancellationToken stopping,
        int mostEnded = Acceptor.FeedItems)
    {
        _peers = peers.Current;
        _stopping = stopping;
        _lookAgainAfter = options.WatchRefresh;
        var quorum = new QuorumReader(peers, options);
        var reader = new LinearizableReader(quorum, register => propose(ProposeRequest.Repair(register)), peers, options);
        _log = new EventLog(id);
        _listing = new SharedListing(new RegisterLister(peers, quorum, reader, options), _log, peers.Clock);
        _closer = new ChangeCloser(quorum, reader, propose);
        _merge = new FeedMerge(_peers.All.Count);
        _places = new LogPlaces(_peers.All.Count);
        _feeds = new AcceptorFeeds(_peers, options);
        var teller = new Teller(_closer, _merge, _log, mostEnded, stopping);
        _coverages = new Coverages(_peers, _merge, teller, _log, options);
        _followers = new FeedFollowers(_feeds, _merge, _places, _log, _coverages, teller, _peers, options, stopping);
    }

    /// <summary>Waits for what is new below a prefix.</summary>
    /// <exception cref="ArgumentException">The prefix breaks a rule, or the cursor is not one.</exception>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    /// <exception cref="OperationCanceledException">The silo stops. The watcher goes on at another one.</exception>
    public async Task<PrefixBatch> WatchAsync(string prefix, string cursor, TimeSpan wait)
    {
        RegisterName.ValidatePrefix(prefix, mayBeReserved: true);
        PrefixCursor? at = null;
        if (cursor.Length > 0 && !PrefixCursor.TryParse(cursor, out at))
            throw new ArgumentException($"'{cursor}' is not a cursor of a prefix watch. Give one as it came, or none to begin with the current entries.", nameof(cursor));
        var coverage = await CoverAsync(prefix);
        if (at is { ListedThrough: { } listed } && (IsToldAfter(coverage, at) || MayCatchUpFrom(at)))
            return await ListAsync(prefix, at, listed);
        if (at is { ListedThrough: null } && await GoOnAsync(coverage, InThisLog(at), wait) is { } next)
            return next;
        return await ListAsync(prefix, Here(coverage) with { ListedThrough = "" }, after: "");
    }

    /// <returns>What follows a cursor; null if that cannot be told without a gap.</returns>
    private async Task<PrefixBatch?> GoOnAsync(Coverage coverage, PrefixCursor at, TimeSpan wait)
    {
        if (IsToldAfter(coverage, at))
            return await FollowAsync(coverage, at, wait);
        return MayCatchUpFrom(at) ? await CatchUpAsync(coverage, at) : null;
    }

    /// <summary>The cursor as one of this silo, which may not know a place in its log for it.</summary>
    private PrefixCursor InThisLog(PrefixCursor at) =>
        at.Log == _log.Id ? at : at with { Log = _log.Id, Seq = _places.Of(at.Marks, _peers.Voters) };

    /// <summary>Whether the log has everything that a watcher of a prefix may have missed.</summary>
    private bool IsToldAfter(Coverage coverage, PrefixCursor at) =>
        at.Log == _log.Id && at.Seq >= Math.Max(_log.Dropped, coverage.ToldSince!.Value);

    /// <summary>Whether a cursor has the positions in enough feeds to read what they have named since.</summary>
    private bool MayCatchUpFrom(PrefixCursor at) =>
        at.Marks.Length == _peers.All.Count && IsOfMajority(at.Marks, static mark => mark.Feed != Guid.Empty);

    private bool IsOfMajority<T>(IEnumerable<T> parts, Func<T, bool> isThere) =>
        _peers.Voters.IsMajority(Voters.MaskOf([.. parts.Select(static (part, acceptor) => new Vote<T>(acceptor, part))], isThere));

    private async Task<Coverage> CoverAsync(string prefix)
    {
        var coverage = _coverages.Want(prefix);
        _followers.Start();
        await _coverages.CoverAsync(coverage);
        return coverage;
    }

    private PrefixCursor Here(Coverage coverage) =>
        new(_log.Id, _log.End, ListedThrough: null, _coverages.Usable(coverage, _merge.ClosedThrough(), _log.End));

    private async Task<PrefixBatch> ListAsync(string prefix, PrefixCursor at, string after)
    {
        var page = await _listing.ReadAsync(prefix, after, began: at.Log == _log.Id ? at.Seq : _log.End);
        var next = page.More
            ? at with { ListedThrough = page.Events[^1].Name }
            : at with { ListedThrough = null };
        return new PrefixBatch(page.Events, next.ToString(), Begins: after.Length == 0, Listed: !page.More);
    }

    private async Task<PrefixBatch> FollowAsync(Coverage coverage, PrefixCursor at, TimeSpan wait)
    {
        var startedAt = _peers.Clock.GetTimestamp();
        var longest = LongPoll.Bounded(wait);
        while (true)
        {
            var (events, through, marks) = _log.After(at.Seq, coverage.Prefix, _merge.ClosedThrough());
            var left = longest - _peers.Clock.GetElapsedTime(startedAt);
            at = at with { Seq = through, Marks = _coverages.Usable(coverage, marks, through) };
            if (events.Length > 0 || left <= TimeSpan.Zero)
                return new PrefixBatch(events, at.ToString());
            _stopping.ThrowIfCancellationRequested(); // to say that there is nothing new would have it asked again at once
            await _log.Grown.WaitAsync((left < _lookAgainAfter ? left : _lookAgainAfter).RoundedUp(), _peers.Clock, _stopping).EndAsync();
            if (await CoverAsync(coverage.Prefix) != coverage || at.Seq < _log.Dropped)
                return await WatchAsync(coverage.Prefix, at.ToString(), left);
        }
    }

    /// <summary>
    /// Goes on from a cursor that the log cannot serve: closes what the feeds have named since. Null if fewer than a majority of the feeds
    /// reach back without a gap, or if it is too much.
    /// </summary>
    private async Task<PrefixBatch?> CatchUpAsync(Coverage coverage, PrefixCursor at)
    {
        var next = Here(coverage);
        List<Task<List<FeedItem>?>> reads = [.. at.Marks.Select((mark, acceptor) => _feeds.ReadToEndAsync(acceptor, mark))];
        var parts = await MostAnswers.OfAsync(reads, _peers.Voters.IsMajority, Coverages.GraceForOthers, _peers.Clock);
        if (!IsOfMajority(parts, static part => part is not null))
            return null;
        var changes = new Dictionary<string, OpenChange>();
        foreach (var (acceptor, part) in parts.Index())
        {
            foreach (var item in (part ?? []).Where(item => RegisterName.IsBelow(item.Register, coverage.Prefix)))
            {
                if (!changes.TryGetValue(item.Register, out var change))
                    changes.Add(item.Register, change = new OpenChange(item.Register, since: 0));
                change.Name(acceptor, item);
            }
        }

        ImmutableArray<PrefixEvent> events = [.. (await Task.WhenAll(changes.Values.Select(MissedAsync))).OfType<PrefixEvent>()];
        if (events.Sum(static each => each.Versions.ValueBytes()) > MostBytesMissed)
            return null;
        return new PrefixBatch(events, next.ToString());
    }

    private async Task<PrefixEvent?> MissedAsync(OpenChange change)
    {
        var chosen = await _closer.CloseAsync(change.Register, change.Ballot);
        return await _closer.VersionsAsync(change.Register, chosen, change.Above) is { } versions ? new PrefixEvent(change.Register, versions) : null;
    }
}
