using Microsoft.Extensions.Logging;
using Orleans.Paxos.Protocol;

namespace Orleans.Paxos.Acceptors;

/// <summary>An acceptor without its grain. It checks the sender's acceptor set and hands each message to its register.</summary>
internal sealed partial class Acceptor
{
    /// <summary>How many registers are read at once for a page of names.</summary>
    private const int ReadsAtOnce = 64;

    private readonly ILogger _logger;
    private readonly AcceptorStorage _storage;
    private readonly HistoryLimits _limits;
    private readonly RegisterStore _store;
    private readonly INameList _names;
    private readonly RegisterSlots _slots;
    private readonly AcceptorMembership _membership;

    public Acceptor(AcceptorStorage storage, AcceptorPeers peers, PaxosOptions options, ILogger<Acceptor> logger)
    {
        _logger = logger;
        _storage = storage;
        _limits = options.HistoryLimits;
        _store = RegisterStore.Over(storage, options);
        _names = _store.Names;
        _membership = new AcceptorMembership(storage, peers, logger);
        _slots = new RegisterSlots(
            register => new RegisterSlot(register, storage, _membership, _store), options.AcceptorMemoryBytes);
    }

    public Task<PrepareReply> PrepareAsync(PrepareRequest request) => AnswerAsync(
        request.Set,
        request.Register,
        new Message<PrepareReply>(isRead: false, record => AcceptorRules.Prepare(record, request.Ballot)));

    public Task<AcceptReply> AcceptAsync(AcceptRequest request) => AnswerAsync(
        request.Set,
        request.Register,
        new Message<AcceptReply>(isRead: false, record => AcceptorRules.Accept(record, request, _limits)));

    public Task<ReadReply> ReadAsync(ReadRequest request) => AnswerAsync(
        request.Set,
        request.Register,
        new Message<ReadReply>(isRead: true, record => (record, AcceptorRules.Read(record, request))));

    public async Task<HistoryReply> HistoryAsync(HistoryRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var record = await RecordOfAsync(request.Register);
        return new HistoryReply(await _store.ReadHistoryAsync(request.Register, record, request.FirstVersion));
    }

    public async Task<ListReply> ListAsync(ListRequest request)
    {
        await _membership.EnsureVotingAsync(request.Set);
        var names = await _names.EnumerateAsync(request.Prefix, request.After).Take(request.Limit + 1).ToListAsync();
        var more = names.Count > request.Limit;
        var listed = ImmutableArray.CreateBuilder<ListedName>(names.Count);
        foreach (var chunk in names.Take(request.Limit).Chunk(ReadsAtOnce))
        {
            foreach (var (name, record) in chunk.Zip(await Task.WhenAll(chunk.Select(RecordOfAsync))))
                listed.Add(new ListedName(name, record.Accepted, record.State.Exists, record.State.Newest?.Value.Length ?? 0));
        }

        return new ListReply(listed.ToImmutable(), more);
    }

    public Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => _membership.IntroduceAsync(request);

    public async Task<AcceptorStatus> StatusAsync(string silo)
    {
        var (standing, detail) = await StandingAsync();
        return new AcceptorStatus(_storage.Acceptor, standing, detail, silo, _storage.Kind, _names.Count);
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
        catch (AcceptorNotVotingException)
        {
            // The acceptor has just found out that its storage was emptied. Its standing says so.
        }
        catch (Exception exception)
        {
            return (AcceptorStanding.StorageUnavailable, _storage.Problem ?? exception.Message);
        }

        return (_membership.Standing, _membership.Detail);
    }

    private Task<TReply> AnswerAsync<TReply>(AcceptorSetId set, string register, Message<TReply> message)
    {
        var voting = _membership.EnsureVotingAsync(set);
        return voting.IsCompletedSuccessfully ? _slots.PostAsync(register, message) : AnswerOnceVotingAsync(voting, register, message);
    }

    private async Task<TReply> AnswerOnceVotingAsync<TReply>(Task voting, string register, Message<TReply> message)
    {
        await voting;
        return await _slots.PostAsync(register, message);
    }

    /// <summary>Ends on the scheduler it was asked on: a slot's answer by itself would let those who wait for several go on elsewhere.</summary>
    private async Task<AcceptorRecord> RecordOfAsync(string register) =>
        await _slots.PostAsync(register, new Message<AcceptorRecord>(isRead: true, static record => (record, record)));

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "A step was not taken and not answered.")]
    private partial void LogInvariantViolated(Exception violation);
}
