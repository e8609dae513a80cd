using Microsoft.Extensions.Logging;
using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>
/// Decides whether an acceptor votes, and in which set (I9, I10). Blank storage may be storage that was lost together with promises. So a blank
/// acceptor of the first set votes only when every other acceptor has durably noted it and none has an earlier note of it; and an acceptor that was
/// added votes once it has what the others have forgotten.
/// </summary>
/// <param name="storage">The acceptor's storage.</param>
/// <param name="peers">The acceptors.</param>
/// <param name="takeWatermarks">Takes over the watermarks of the others, durably.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AcceptorMembership(AcceptorStorage storage, AcceptorPeers peers, Func<PeerSet, Task> takeWatermarks, ILogger<Acceptor> logger)
{
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly string _acceptor = storage.Acceptor;
    private readonly SemaphoreSlim _writing = new(1);
    private RecordCell<AcceptorIdentity?>? _cell;
    private Task? _joining;
    private Task? _retrying;
    private string _loggedTrouble = "";
    private volatile bool _stopped;
    private AcceptorSet _set = peers.Current.Set;
    private AcceptorSetId _setId = peers.Current.Id;
    private Guid _incarnation;

    /// <summary>Whether the acceptor votes, as far as is known.</summary>
    public AcceptorStanding Standing { get; private set; } = AcceptorStanding.Joining;

    /// <summary>Why the acceptor does not vote and what to do; empty when it votes.</summary>
    public string Detail { get; private set; } = "It has not been asked yet.";

    /// <summary>The set that it has taken over.</summary>
    public AcceptorSet Set => _set;

    /// <summary>The id of its storage; empty until it was read.</summary>
    public Guid Incarnation => _incarnation;

    /// <summary>Throws unless the acceptor votes and the message is of its set.</summary>
    public Task EnsureVotingAsync(AcceptorSetId messageSet) =>
        Standing == AcceptorStanding.Voting && messageSet == _setId ? Task.CompletedTask : JoinToVoteAsync(messageSet);

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
    /// Reads the identity again, because storage that others can write to may have been emptied while the acceptor votes, or another activation may have
    /// taken over another set.
    /// </summary>
    /// <exception cref="AcceptorNotVotingException">The storage is not the one that the acceptor joined with.</exception>
    /// <exception cref="AcceptorSetMismatchException">The acceptor has taken over another set.</exception>
    public async Task EnsureStorageKeptAsync()
    {
        var stored = (await storage.OpenIdentityAsync()).Value;
        if (stored is not { Voting: true } || stored.Incarnation != _incarnation)
        {
            StayOut(AcceptorStanding.StorageLost, "Its storage was emptied while it ran: promises it made are lost. Bring the old storage itself back, never a copy from a backup, and restart the silo; or wipe the storage and replace the acceptor by itself.");
            throw NotVoting();
        }

        if (stored.Set.Id == _setId)
            return;
        var before = _setId;
        await UnderLockAsync(async () =>
        {
            _cell = null; // another activation has written it
            return Hold(await ReadOrCreateAsync());
        });
        peers.Learn(_set);
        throw new AcceptorSetMismatchException(_set, before);
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

    /// <summary>
    /// Throws if no answer to a message of a set may leave: as <see cref="ThrowIfRetired"/>, or because the acceptor has taken over another set since
    /// the message came.
    /// </summary>
    public void ThrowIfLeft(AcceptorSetId messageSet)
    {
        if (messageSet != _setId)
            throw new AcceptorSetMismatchException(_set, messageSet);
        ThrowIfRetired();
    }

    /// <summary>Notes another acceptor; when it returns, the note is durable.</summary>
    public async Task<IntroduceReply> IntroduceAsync(IntroduceRequest request) => await UnderLockAsync(async () =>
    {
        var identity = await ReadOrCreateAsync();
        if (request.Set != identity.Set.Id)
            throw new AcceptorSetMismatchException(identity.Set, request.Set);
        if (!IsOwn(identity))
            throw NotVoting();
        if (identity.NotedFor(request.Acceptor) is { } noted)
            return new IntroduceReply(noted);
        await WriteAsync(identity with { Notes = identity.Notes.Add(new AcceptorNote(request.Acceptor, request.Incarnation)) });
        return new IntroduceReply(request.Incarnation);
    });

    /// <summary>Stands ready to be added; when it returns, the acceptor is no acceptor of the first set, durably.</summary>
    public Task<EnrollReply> EnrollAsync(EnrollRequest request) => UnderLockAsync(async () =>
    {
        var identity = await ReadOrCreateAsync();
        if (!IsOwn(identity) || !identity.Set.IsRelatedTo(request.Set))
            return Refused($"Its storage belongs to acceptor '{identity.Acceptor}' of the set [{identity.Set}]. Give it blank storage.");
        if (identity.Voting)
            return Refused($"Its storage has voted, in the set [{identity.Set}]. An acceptor comes into a set with blank storage: wipe it, restart its silo, and try again.");
        if (!identity.WasEnrolled)
            Hold(await WriteAsync(identity with { WasEnrolled = true }));
        return new EnrollReply(identity.Incarnation);

        EnrollReply Refused(string reason) => new(Guid.Empty, $"Acceptor '{_acceptor}' cannot be added. {reason}");
    });

    /// <summary>
    /// Takes over a set that was decided, if it came from the acceptor's own. When it returns, that is durable, and no message of an earlier set is
    /// answered any more.
    /// </summary>
    /// <returns>The set that it has afterwards.</returns>
    /// <exception cref="AcceptorNotVotingException">The storage is another acceptor's.</exception>
    public async Task<AcceptorSet> FollowAsync(AcceptorSet set)
    {
        await UnderLockAsync(async () =>
        {
            var identity = await ReadOrCreateAsync();
            if (!IsOwn(identity))
                throw NotVoting();
            return Hold(set.Succeeds(identity.Set.Id) ? await WriteAsync(identity with { Set = set }) : identity);
        });
        peers.Learn(_set);
        if (_joining is { IsCompleted: true })
            _joining = null; // the others may have taken it over since the last attempt
        await TryJoinAsync();
        return _set;
    }

    private async Task JoinToVoteAsync(AcceptorSetId messageSet)
    {
        await TryJoinAsync();
        if (messageSet != _setId)
            throw new AcceptorSetMismatchException(_set, messageSet);
        if (Standing != AcceptorStanding.Voting)
            throw NotVoting();
    }

    private AcceptorNotVotingException NotVoting() => new(_acceptor, Standing, Detail);

    private async Task RetryAsync()
    {
        while (Standing == AcceptorStanding.Joining && !_stopped)
        {
            await Task.Delay(PauseBetweenAttempts, peers.Clock);
            await (_joining = JoinAsync());
        }

        _retrying = null;
    }

    private async Task JoinAsync()
    {
        try
        {
            await JoinOnceAsync();
        }
        catch (QuorumUnavailableException exception)
        {
            Detail = $"It waits for the others, and tries again: {exception.Message}";
        }
        catch (Exception exception)
        {
            var detail = $"It could not find out whether it may vote, and tries again: {exception.Message}";
            if (_loggedTrouble != detail && !_stopped) // the storage closes after the acceptor was stopped
                LogJoinFailed(_acceptor, exception);
            _loggedTrouble = Detail = detail;
        }
    }

    private async Task JoinOnceAsync()
    {
        var identity = await UnderLockAsync(ReadOrCreateAsync);
        if (!IsOwn(identity))
            return;
        if (peers.Current.Set.Succeeds(identity.Set.Id))
            identity = await UnderLockAsync(async () => await WriteAsync((await ReadOrCreateAsync()) with { Set = peers.Current.Set }));
        Hold(identity);
        peers.Learn(identity.Set);
        if (Standing == AcceptorStanding.Joining && await MayBeginToVoteAsync(identity))
            await UnderLockAsync(async () => Hold(await ReadOrCreateAsync() is var now && now.Set == identity.Set ? await WriteAsync(now with { Voting = true }) : now));
    }

    /// <summary>Takes over what the storage says.</summary>
    private AcceptorIdentity Hold(AcceptorIdentity identity)
    {
        (_set, _setId, _incarnation) = (identity.Set, identity.Set.Id, identity.Incarnation);
        if (identity is { Member: not null, Voting: true })
            (Standing, Detail) = (AcceptorStanding.Voting, "");
        else if (identity.Member is { IsFounder: true } && !identity.Set.IsFirst)
            StayOut(AcceptorStanding.StorageLost, "Its storage was blank when the set was changed, so it may have lost promises that it made. Replace the acceptor by itself.");
        else if (identity.Member is not null)
            BeginToJoin();
        else if (identity.Set.MemberOf(_acceptor) is not null)
            StayOut(AcceptorStanding.StorageLost, $"Its storage is not the one that it was added with to the set [{identity.Set}]. If that one is lost, wipe this one, restart the silo, and replace the acceptor by itself.");
        else if (identity.Voting)
            StayOut(AcceptorStanding.Retired, $"It was removed; the set is [{identity.Set}]. Once that change is over, its storage can be wiped.");
        else
            StayOut(AcceptorStanding.Learner, $"It is not in the set [{identity.Set}], and can be added to it.");
        return identity;
    }

    private void BeginToJoin()
    {
        if (Standing != AcceptorStanding.Joining)
            (Standing, Detail, _joining) = (AcceptorStanding.Joining, "It comes into the set.", null);
    }

    private async Task<bool> MayBeginToVoteAsync(AcceptorIdentity identity)
    {
        if (identity.Member is { IsFounder: true })
            return !await AnyKnowsLaterSetAsync() && await NotedByAllAsync(identity);
        Detail = "It was added, and takes over from the others what was forgotten.";
        await takeWatermarks(peers.Current);
        return true;
    }

    /// <summary>
    /// Whether a silo that runs knows a later set: then this is not the first start of the cluster, and the acceptor has lost its storage. It asks those
    /// outside the set, too, because perhaps none of the first set is left.
    /// </summary>
    private async Task<bool> AnyKnowsLaterSetAsync()
    {
        var set = peers.Current;
        var silos = peers.RunningSilos().Except(set.Set.Names).Select(peers.PeerOf);
        foreach (var known in await Task.WhenAll(silos.Select(peer => peer.TryAskAsync(acceptor => acceptor.FollowAsync(set.Set)))))
        {
            if (known is not null)
                peers.Learn(known);
        }

        return peers.Current != set;
    }

    private bool IsOwn(AcceptorIdentity identity)
    {
        if (identity.Acceptor == _acceptor && identity.Set.IsRelatedTo(peers.Current.Set))
            return true;
        StayOut(AcceptorStanding.ForeignStorage, $"Its storage belongs to acceptor '{identity.Acceptor}' of the set [{identity.Set}], and it is configured as '{_acceptor}' of [{peers.Current.Set}]. Correct the configuration: each acceptor has a storage of its own, and keeps its name. Nothing was written.");
        return false;
    }

    private void StayOut(AcceptorStanding standing, string detail)
    {
        if (Standing != standing)
            LogStaysOut(standing is AcceptorStanding.Learner or AcceptorStanding.Retired ? LogLevel.Information : LogLevel.Error, _acceptor, standing, detail);
        (Standing, Detail) = (standing, detail);
    }

    private async Task<bool> NotedByAllAsync(AcceptorIdentity identity)
    {
        var set = peers.Current;
        var request = new IntroduceRequest(set.Id, _acceptor, identity.Incarnation);
        var silent = new List<string>();
        foreach (var peer in set.All.Where(peer => peer.Name != _acceptor))
        {
            var reply = await peer.TryAskAsync(grain => grain.IntroduceAsync(request));
            if (reply is null)
            {
                silent.Add(peer.Name);
            }
            else if (reply.Noted != identity.Incarnation)
            {
                StayOut(AcceptorStanding.StorageLost, $"Acceptor '{peer.Name}' knows it with storage that this is not: it has lost its storage, and with it promises it made. Bring the old storage itself back, never a copy from a backup; or replace the acceptor by itself.");
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

    private AcceptorIdentity NewIdentity() => new(_acceptor, peers.Current.Set, storage.NewId(), Voting: false, Notes: []);

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
