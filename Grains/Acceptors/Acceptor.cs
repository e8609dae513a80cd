using Microsoft.Extensions.Logging;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>An acceptor without its grain. It checks the sender's acceptor set and hands each message to its register.</summary>
internal sealed partial class Acceptor
{
    /// <summary>How many registers are read at once for a page of names.</summary>
    private const int ReadsAtOnce = 64;

    /// <summary>At 1,000 writes a second, a reader that comes back within 8 s has no gap. Takes half a megabyte.</summary>
    internal const int FeedItems = 8 * 1024;

    /// <summary>How many buckets of watermarks are taken over at once.</summary>
    private const int BucketsAtOnce = 8 * 1024;

    private readonly ILogger _logger;
    private readonly AcceptorStorage _storage;
    private readonly HistoryLimits _limits;
    private readonly RegisterStore _store;
    private readonly INameList _names;
    private readonly ChangeFeed _feed;
    private readonly Watermarks _watermarks;
    private readonly RegisterDesk _desk;
    private readonly AcceptorMembership _membership;
    private readonly ForgottenEnds _forgotten = new();
    private readonly MissedWrites _missed;
    private readonly Forgetter _forgetter;

    /// <summary>Creates an activation of an acceptor.</summary>
    /// <param name="storage">Its storage.</param>
    /// <param name="peers">The acceptors.</param>
    /// <param name="options">The limits and timeouts.</param>
    /// <param name="end">Ends a register that is deleted, at every acceptor.</param>
    /// <param name="missed">Is told when it may have missed a write.</param>
    /// <param name="logger">The log.</param>
    /// <param name="feedItems">How many items its feed keeps.</param>
    public Acceptor(
        AcceptorStorage storage, AcceptorPeers peers, PaxosOptions options, Func<string, Task> end, MissedWrites missed, ILogger<Acceptor> logger, int feedItems = FeedItems)
    {
        _logger = logger;
        _missed = missed;
        _storage = storage;
        _limits = options.HistoryLimits;
        _membership = new AcceptorMembership(storage, peers, TakeWatermarksAsync, logger);
        _store = RegisterStore.Over(storage, _membership, options);
        _names = _store.Names;
        _feed = new ChangeFeed(storage.NewId(), feedItems, peers.Clock);
        _watermarks = new Watermarks(storage, options.NameBuckets);
        _desk = new RegisterDesk(new RegisterTurns(storage, _membership, _store, _watermarks, new RegisterSlots(options.AcceptorMemoryBytes), _feed, _limits));
        _forgetter = new Forgetter(storage, peers, _membership, _store.Empty, _watermarks, _desk, _forgotten, end, options.ForgetAfter, logger);
    }

    /// <summary>Begins to forget deleted registers in the background.</summary>
    public void BeginForgetting() => _ = _forgetter.RunAsync();

    /// <summary>Takes the next step for a page of deleted registers now.</summary>
    public Task<string?> ForgetPageAsync(string after) => _forgetter.ForgetPageAsync(after);

    /// <summary>Answers a batch of phase 1a messages; null stands for one that failed.</summary>
    /// <param name="requests">The messages.</param>
    /// <param name="failed">Is told why a message was not answered.</param>
    /// <exception cref="AcceptorSetMismatchException">The messages are of another set.</exception>
    /// <exception cref="AcceptorNotVotingException">The acceptor does not vote.</exception>
    public Task<Batch<PrepareReply?>> PrepareAsync(Batch<PrepareRequest> requests, Action<Exception> failed) => AnswerAsync(
        requests,
        static request => (request.Set, request.Register),
        new Questions<PrepareRequest, PrepareReply>(
            requests, isRead: false, static (record, request) => AcceptorRules.Prepare(record, request.Ballot), failed));

    /// <summary>Answers a batch of phase 2a messages; null stands for one that failed.</summary>
    /// <inheritdoc cref="PrepareAsync"/>
    public async Task<Batch<AcceptReply?>> AcceptAsync(Batch<AcceptRequest> requests, Action<Exception> failed)
    {
        var replies = await AnswerAsync(
            requests,
            static request => (request.Set, request.Register),
            new Questions<AcceptRequest, AcceptReply>(requests, isRead: false, (record, request) => AcceptorRules.Accept(record, request, _limits), failed));
        if (replies.Items.Any(static reply => reply is not { Accepted: true }))
            _missed.Suspect(); // the others may have accepted it
        return replies;
    }

    /// <summary>Notes that messages have not reached it.</summary>
    public void NoteMissed() => _missed.Suspect();

    /// <summary>Answers a batch of reads; null stands for one that failed.</summary>
    /// <inheritdoc cref="PrepareAsync"/>
    public Task<Batch<ReadReply?>> ReadAsync(Batch<ReadRequest> requests, Action<Exception> failed) => AnswerAsync(
        requests,
        static request => (request.Set, request.Register),
        new Questions<ReadRequest, ReadReply>(
            requests, isRead: true, static (record, request) => (record, AcceptorRules.Read(record, request)), failed));

    public async Task<HistoryReply> HistoryAsync(HistoryRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var record = (await _desk.RecordsOfAsync([request.Register]))[0]!;
        var history = await _store.ReadHistoryAsync(request.Register, record, request.FirstVersion);
        _membership.ThrowIfLeft(request.Set);
        return new HistoryReply(history);
    }

    public async Task<ListReply> ListAsync(ListRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var names = await _names.EnumerateAsync(request.Prefix, request.After).Take(request.Limit + 1).ToListAsync();
        var more = names.Count > request.Limit;
        var listed = ImmutableArray.CreateBuilder<ListedName>(names.Count);
        foreach (var chunk in names.Take(request.Limit).Chunk(ReadsAtOnce))
        {
            foreach (var (name, record) in chunk.Zip(await _desk.RecordsOfAsync([.. chunk])))
                listed.Add(new ListedName(name, record!.Accepted, record.State.Exists, record.State.Newest?.Value.Length ?? 0, record.State.Version));
        }

        _membership.ThrowIfLeft(request.Set); // another activation may have added names that this one does not know
        return new ListReply(listed.ToImmutable(), more);
    }

    public async Task<FeedReply> FeedAsync(FeedRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var reply = await _feed.ReadAsync(request.Feed, request.After, request.Wait);
        _membership.ThrowIfLeft(request.Set);
        return reply;
    }

    /// <summary>Tells whether another acceptor may forget registers that have ended, for all that this one holds.</summary>
    public async Task<CoverReply> CoverAsync(CoverRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var records = await _desk.RecordsOfAsync([.. request.Ended.Select(static ended => ended.Register)]);
        var asked = request.Ended.Zip(records, static (ended, record) => (Ended: ended, Record: record!)).ToList();
        await _watermarks.RaiseAsync([.. asked.Where(static each => each.Record.HasEnded).Select(static each => (each.Ended.Register, Watermark.Above(each.Record)))]);
        _membership.ThrowIfLeft(request.Set);
        return new CoverReply([.. asked.Select(each => AcceptorRules.CoverOf(each.Record, each.Ended, _forgotten.BallotOf(each.Ended.Register)))]);
    }

    public async Task<WatermarksReply> WatermarksAsync(WatermarksRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(request.First);
        ArgumentOutOfRangeException.ThrowIfNegative(request.Count);
        await _membership.EnsureVotingAsync(request.Set);
        var watermarks = await _watermarks.ReadAsync(request.First, request.Count);
        if (!_storage.IsExclusivelyOwned)
            await _membership.EnsureStorageKeptAsync(); // emptied storage has no watermarks either
        _membership.ThrowIfLeft(request.Set);
        return new WatermarksReply(watermarks, _watermarks.Buckets);
    }

    /// <summary>Raises watermarks to at least those of the request, durably.</summary>
    public async Task<WatermarksReply> RaiseAsync(RaiseRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var now = await _watermarks.RaiseAsync([.. request.Watermarks.Select(static each => (each.Bucket, Watermark.From(each)))]);
        _membership.ThrowIfLeft(request.Set);
        return new WatermarksReply([.. request.Watermarks.Zip(now, static (asked, watermark) => watermark.Of(asked.Bucket))], _watermarks.Buckets);
    }

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => _membership.IntroduceAsync(request);

    public Task<EnrollReply> EnrollAsync(EnrollRequest request) => _membership.EnrollAsync(request);

    /// <summary>Takes over a set that was decided. It may have missed what was written while it came into it.</summary>
    public async Task<AcceptorSet> FollowAsync(AcceptorSet set)
    {
        var before = _membership.Set;
        var after = await _membership.FollowAsync(set);
        if (after != before)
            _missed.Suspect();
        return after;
    }

    public async Task<AcceptorStatus> StatusAsync(string silo)
    {
        var (standing, detail) = await StandingAsync();
        return new AcceptorStatus(_storage.Acceptor, standing, detail, silo, _storage.Kind, _names.Count, _forgetter.Status, _missed.Status, _membership.Set.Epoch, _membership.Incarnation);
    }

    /// <summary>Logs a violated invariant. Other failures come from the storage, which logs each of them once.</summary>
    public void Report(Exception failure)
    {
        if (failure is InvariantViolationException)
            LogInvariantViolated(failure);
    }

    /// <summary>Ends the acceptor's background work. It answers nothing any more: another activation may have taken its place.</summary>
    public void Stop() => _membership.Stop();

    /// <summary>
    /// Determines the standing by asking the storage, because an acceptor that nobody calls does not notice when its storage fails.
    /// Storage that is known not to answer is not asked, so that a status report does not wait for it.
    /// </summary>
    private async Task<(AcceptorStanding Standing, string Detail)> StandingAsync()
    {
        if (_storage.Problem is { } known)
            return (AcceptorStanding.StorageUnavailable, known);
        await _membership.TryJoinAsync();
        try
        {
            if (_membership.Standing == AcceptorStanding.Voting && !_storage.IsExclusivelyOwned)
                await _membership.EnsureStorageKeptAsync();
            await _names.CountAsync();
        }
        catch (Exception exception) when (exception is AcceptorNotVotingException or AcceptorSetMismatchException)
        {
            // The acceptor has just found out that its storage was emptied, or that it has another set. Its standing says so.
        }
        catch (Exception exception)
        {
            return (AcceptorStanding.StorageUnavailable, _storage.Problem ?? exception.Message);
        }

        return (_membership.Standing, _membership.Detail);
    }

    private async Task<Batch<TReply?>> AnswerAsync<TRequest, TReply>(
        Batch<TRequest> requests, Func<TRequest, (AcceptorSetId Set, string Register)> of, Questions<TRequest, TReply> questions)
        where TReply : class
    {
        foreach (var request in requests.Items)
            await _membership.EnsureVotingAsync(of(request).Set);
        var replies = await _desk.AskAsync(requests, request => of(request).Register, questions);
        if (!requests.Items.IsEmpty)
            _membership.ThrowIfLeft(of(requests.Items[0]).Set);
        return replies;
    }

    /// <summary>
    /// Takes over what a majority of the others have forgotten: of those before the change, if there is one, because those after it may know nothing.
    /// </summary>
    /// <exception cref="QuorumUnavailableException">No majority answered.</exception>
    private async Task TakeWatermarksAsync(PeerSet set)
    {
        var others = set.All.Where(peer => peer.Name != _storage.Acceptor && set.Voters.MayKnow(set.NumberOf(peer))).ToList();
        for (var first = 0; first < _watermarks.Buckets; first += BucketsAtOnce)
        {
            var request = new WatermarksRequest(set.Id, first, BucketsAtOnce);
            var replies = await Task.WhenAll(others.Select(peer => peer.TryAskAsync(acceptor => acceptor.WatermarksAsync(request))));
            var answered = others.Where((_, index) => replies[index] is not null).ToList();
            if (!set.Voters.Knows(set.MaskOf(answered.Contains)))
                throw new QuorumUnavailableException([.. answered.Select(static peer => peer.Name)], set.Set.Majority);
            await _watermarks.RaiseAsync([.. replies.OfType<WatermarksReply>().SelectMany(static reply => reply.Watermarks).Select(static each => (each.Bucket, Watermark.From(each)))]);
        }
    }

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "A step was not taken and not answered.")]
    private partial void LogInvariantViolated(Exception violation);
}
