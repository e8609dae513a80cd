using Microsoft.Extensions.Logging;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Decides whether an acceptor votes (I9, I10). Blank storage may be storage that was lost together with promises. A blank acceptor
/// therefore votes only when every other acceptor has durably noted it and none has an earlier note of it.
/// </summary>
internal sealed partial class AcceptorMembership(AcceptorStorage storage, AcceptorPeers peers, ILogger<Acceptor> logger)
{
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly string _acceptor = storage.Acceptor;
    private readonly AcceptorSet _set = peers.Set;
    private readonly SemaphoreSlim _writing = new(1);
    private RecordCell<AcceptorIdentity?>? _cell;
    private Task? _joining;
    private Task? _retrying;
    private volatile bool _stopped;
    private Guid _incarnation;

    /// <summary>Whether the acceptor votes, as far as is known.</summary>
    public AcceptorStanding Standing { get; private set; } = AcceptorStanding.Joining;

    /// <summary>Why the acceptor does not vote and what to do; empty when it votes.</summary>
    public string Detail { get; private set; } = "It has not been asked yet.";

    /// <summary>Throws unless the acceptor votes and the message is of its set.</summary>
    public Task EnsureVotingAsync(AcceptorSetId messageSet)
    {
        if (Mismatch(messageSet) is { } mismatch)
            return Task.FromException(mismatch);
        return Standing switch
        {
            AcceptorStanding.Voting => Task.CompletedTask,
            AcceptorStanding.Joining => JoinToVoteAsync(),
            _ => Task.FromException(NotVoting()),
        };
    }

    /// <summary>
    /// Reads the identity and, when it is blank, asks every other acceptor to note it. All callers that wait share one attempt. Further
    /// attempts follow automatically until the acceptor votes, must not vote, or is stopped.
    /// </summary>
    public async Task TryJoinAsync()
    {
        if (Standing == AcceptorStanding.Joining)
            await (_joining ??= JoinAsync());
        if (Standing == AcceptorStanding.Joining)
            _retrying ??= RetryAsync();
    }

    /// <summary>
    /// Reads the identity again, because storage that others can write to may have been emptied while the acceptor votes.
    /// </summary>
    /// <exception cref="AcceptorNotVotingException">The storage is not the one that the acceptor joined with.</exception>
    public async Task EnsureStorageKeptAsync()
    {
        var stored = (await storage.OpenIdentityAsync()).Value;
        if (stored is { Voting: true } && stored.Incarnation == _incarnation)
            return;
        StayOut(AcceptorStanding.StorageLost, "Its storage was emptied while it ran: promises it made are lost. Bring the old storage itself back, never a copy from a backup, and restart the silo; with blank storage it must never vote again under this name and epoch.");
        throw NotVoting();
    }

    /// <summary>Whether this activation was stopped.</summary>
    public bool IsStopped => _stopped;

    /// <summary>Ends the attempts to join, and the answers.</summary>
    public void Stop() => _stopped = true;

    /// <summary>
    /// Why nothing may be written, and no answer that is ready may leave: another activation has taken this one's place, or the acceptor has
    /// found out since the question came that it must not vote. Null if neither is so. What was written last may be durable; it has not voted.
    /// </summary>
    public AcceptorNotVotingException? Retired()
    {
        if (_stopped)
            return new AcceptorNotVotingException(_acceptor, AcceptorStanding.Unreachable, "This activation of it was stopped, and another may have taken its place.");
        return Standing == AcceptorStanding.Voting ? null : NotVoting();
    }

    /// <inheritdoc cref="Retired"/>
    public void ThrowIfRetired()
    {
        if (Retired() is { } retired)
            throw retired;
    }

    /// <summary>Notes another acceptor; when it returns, the note is durable.</summary>
    public async Task<IntroduceReply> IntroduceAsync(IntroduceRequest request)
    {
        if (Mismatch(request.Set) is { } mismatch)
            throw mismatch;
        return await UnderLockAsync(async () =>
        {
            var identity = await ReadOrCreateAsync();
            if (!IsOwn(identity))
                throw NotVoting();
            if (identity.NotedFor(request.Acceptor) is { } noted)
                return new IntroduceReply(noted);
            await WriteAsync(identity with { Notes = identity.Notes.Add(new AcceptorNote(request.Acceptor, request.Incarnation)) });
            return new IntroduceReply(request.Incarnation);
        });
    }

    private async Task JoinToVoteAsync()
    {
        await TryJoinAsync();
        if (Standing != AcceptorStanding.Voting)
            throw NotVoting();
    }

    private AcceptorNotVotingException NotVoting() => new(_acceptor, Standing, Detail);

    private AcceptorSetMismatchException? Mismatch(AcceptorSetId messageSet) => messageSet == _set.Id
        ? null
        : new AcceptorSetMismatchException(_set.ToString(), $"epoch {messageSet.Epoch}, fingerprint {messageSet.Fingerprint:x16}");

    private async Task RetryAsync()
    {
        while (Standing == AcceptorStanding.Joining && !_stopped)
        {
            await Task.Delay(PauseBetweenAttempts, peers.Clock);
            await (_joining = JoinAsync());
        }
    }

    private async Task JoinAsync()
    {
        try
        {
            await JoinOnceAsync();
        }
        catch (Exception exception)
        {
            var detail = $"It could not find out whether it may vote, and tries again: {exception.Message}";
            if (Detail != detail && !_stopped) // the storage closes after the acceptor was stopped
                LogJoinFailed(_acceptor, exception);
            Detail = detail;
        }
    }

    private async Task JoinOnceAsync()
    {
        var identity = await UnderLockAsync(ReadOrCreateAsync);
        if (!IsOwn(identity))
            return;
        if (!identity.Voting && !await NotedByAllAsync(identity))
            return;
        if (!identity.Voting)
            await UnderLockAsync(async () => await WriteAsync((await ReadOrCreateAsync()) with { Voting = true }));
        (Standing, Detail, _incarnation) = (AcceptorStanding.Voting, "", identity.Incarnation);
    }

    private bool IsOwn(AcceptorIdentity identity)
    {
        if (identity.Acceptor == _acceptor && identity.Set.Id == _set.Id)
            return true;
        StayOut(AcceptorStanding.ForeignStorage, $"Its storage belongs to acceptor '{identity.Acceptor}' of the set [{identity.Set}], and it is configured as '{_acceptor}' of [{_set}]. Correct the configuration: each acceptor has a storage of its own, and keeps its name. Nothing was written.");
        return false;
    }

    private void StayOut(AcceptorStanding standing, string detail)
    {
        if (Standing != standing)
            LogStaysOut(_acceptor, standing, detail);
        (Standing, Detail) = (standing, detail);
    }

    private async Task<bool> NotedByAllAsync(AcceptorIdentity identity)
    {
        var request = new IntroduceRequest(_set.Id, _acceptor, identity.Incarnation);
        var silent = new List<string>();
        foreach (var peer in peers.All.Where(peer => peer.Name != _acceptor))
        {
            var reply = await peer.TryAskAsync(grain => grain.IntroduceAsync(request));
            if (reply is null)
            {
                silent.Add(peer.Name);
            }
            else if (reply.Noted != identity.Incarnation)
            {
                StayOut(AcceptorStanding.StorageLost, $"Acceptor '{peer.Name}' knows it with storage that this is not: it has lost its storage, and with it promises it made. Bring the old storage itself back, never a copy from a backup; with blank storage it must never vote again under this name and epoch.");
                return false;
            }
        }

        Detail = $"Its storage was blank. It votes once every other acceptor has noted that; no answer yet from {string.Join(", ", silent)}.";
        return silent.Count == 0;
    }

    private async Task<AcceptorIdentity> ReadOrCreateAsync()
    {
        _cell ??= await storage.OpenIdentityAsync();
        if (_cell.Value is null)
            await WriteAsync(await storage.ReadIdentityByNameAsync() ?? NewIdentity());
        return _cell.Value!;
    }

    private AcceptorIdentity NewIdentity() => new(_acceptor, _set.Epoch, _set.Names, storage.NewId(), Voting: false, Notes: []);

    private async Task<AcceptorIdentity> WriteAsync(AcceptorIdentity identity)
    {
        var cell = _cell!;
        _cell = null;
        await cell.WriteAsync(identity);
        _cell = cell;
        return identity;
    }

    private async Task<T> UnderLockAsync<T>(Func<Task<T>> action)
    {
        await _writing.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            _writing.Release();
        }
    }
}
