using Orleans.Paxos.Client.Typed;
using static Orleans.Paxos.TaskExtensions;

namespace Orleans.Paxos.Client.Coordination;

/// <summary>
/// A session of this process: renews its register in the background, and counts its own deadline from before the last renewal was sent, so that it ends here
/// before it can end anywhere else (docs/coordination.md).
/// </summary>
internal sealed class Session : ISession, IBidder
{
    private const int RenewalsInTimeToLive = 3;
    private const int AttemptsInTimeToLive = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly CoordinationParts _parts;
    private readonly Turns _turns = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly HeldTokens _tokens = new();
    private readonly Lock _gate = new();
    private ImmutableHashSet<string> _locks = [];
    private SessionValue _value;
    private RegisterEntry _entry;
    private Deadline _deadline;

    private Session(CoordinationParts parts, Guid id, SessionValue value, RegisterEntry entry, Deadline deadline)
    {
        (_parts, Id, _value, _entry, _deadline) = (parts, id, value, entry, deadline);
    }

    public Guid Id { get; }

    public string Owner => _value.Owner;

    public TimeSpan TimeToLive => _value.TimeToLive;

    public CancellationToken Lost
    {
        get
        {
            LoseIfOver();
            return _lost.Token;
        }
    }

    public TimeSpan Remaining => _lost.IsCancellationRequested ? TimeSpan.Zero : Left;

    /// <summary>Whether the session is lost or closed at this moment.</summary>
    public bool IsLost => Lost.IsCancellationRequested;

    private TimeSpan Left => _deadline.Left(_parts.Time);

    private TimeSpan PauseAfterFailure => Shorter(_value.TimeToLive / AttemptsInTimeToLive, LongestPause);

    /// <summary>Opens a session.</summary>
    public static async Task<Session> OpenAsync(CoordinationParts parts, SessionOptions options, CancellationToken cancellationToken)
    {
        var id = parts.NewId();
        var value = options.Open(parts.Time.GetUtcNow());
        var deadline = Deadline.After(value.TimeToLive, parts);
        var outcome = await parts.Sessions.OpenAsync(id, value, cancellationToken);
        if (outcome.Entry is not { Deleted: false } entry)
            throw new SessionLostException(id); // the answer took longer than the time-to-live
        var session = new Session(parts, id, value, entry, deadline);
        session.TellKeeper();
        session.InBackground(session.RenewAsync);
        session.InBackground(session.WatchDeadlineAsync);
        return session;
    }

    public async Task<WriteResult<T>> SetAsync<T>(string name, T value, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name);
        var change = Change.Set(ValueCodec.Encode(value));
        EnsureNotLost();
        var outcome = await new AttachedWrite(_parts.Registers, Id, AttachAsync).RunAsync(name, change, options: null, cancellationToken);
        EnsureNotLost();
        return new WriteResult<T>(outcome.Status, new TypedRegister<T>(name, _parts.Registers).ToValue(outcome.Entry));
    }

    public async Task RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name);
        EnsureNotLost();
        if (_value.Attached.FirstOrDefault(each => each.Name == name) is not { } attached)
            return;
        await _parts.Sessions.RemoveAsync(Id, attached, cancellationToken);
        await WriteAsync(value => value with { Attached = value.Attached.Remove(attached) }, cancellationToken);
    }

    public async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        Lose();
        using var turn = await _turns.TakeAsync(cancellationToken);
        await _parts.Sessions.CloseAsync(Id, _entry, cancellationToken);
        _parts.Keepers.TellEnded(Id, _locks);
    }

    /// <summary>Closes the session, or leaves that to its time-to-live if no majority answers.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync();
        }
        catch (Exception exception) when (exception.IsPassing())
        {
            // It is not renewed any more, so it ends by itself.
        }
    }

    public Task<bool> IsOpenAsync(CancellationToken cancellationToken) => Task.FromResult(!IsLost);

    private void EnsureNotLost()
    {
        if (IsLost)
            throw new SessionLostException(Id);
    }

    public void Holds(string name)
    {
        lock (_gate)
            _locks = _locks.Add(name);
        TellKeeper();
    }

    /// <summary>Notes that a token is released, and that the lock's register shows it no more.</summary>
    public void HoldsNoMore(string name, long token)
    {
        lock (_gate)
            _locks = _locks.Remove(name);
        _tokens.Forget(name, token);
    }

    /// <summary>Whether a handle has a token, no handle has begun to release it, and the session is not lost.</summary>
    public bool IsHeld(string name, long token) => !IsLost && _tokens.IsHeld(name, token);

    public bool TryHold(string name, long token) => _tokens.TryHold(name, token);

    public bool TryGiveUp(string name, long token) => _tokens.TryGiveUp(name, token);

    /// <summary>Notes that the handle of a token begins to release it.</summary>
    public void GiveUp(string name, long token) => _tokens.GiveUp(name, token);

    public void ReleaseLater(Func<CancellationToken, Task> release) => InBackground(() => ReleaseAsync(release));

    /// <summary>Waits until little is left before the session is lost, or until it is lost.</summary>
    public async Task EndangeredAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        while (!IsLost && Left > left)
            await EndedWithinAsync(Left - left).WaitAsync(cancellationToken);
    }

    private void InBackground(Func<Task> run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _parts.Background).Unwrap().Abandon();

    /// <summary>Renews until the session is lost.</summary>
    private async Task RenewAsync()
    {
        var next = _value.TimeToLive / RenewalsInTimeToLive;
        while (true)
        {
            await EndedWithinAsync(next);
            if (IsLost)
                return;
            next = await _parts.Renewals.RunAsync(_deadline.At(_parts.Time), TryRenewAsync) ? _value.TimeToLive / RenewalsInTimeToLive : PauseAfterFailure;
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(_value.TimeToLive / RenewalsInTimeToLive, _parts.Time);
            await WriteAsync(static value => value, patience.Token);
            return true;
        }
        catch (Exception exception) when (exception.IsPassing() || exception is SessionLostException)
        {
            return false;
        }
    }

    /// <summary>Releases a lock, again and again until that succeeds or the session is lost, which releases it too.</summary>
    private async Task ReleaseAsync(Func<CancellationToken, Task> release)
    {
        while (!IsLost)
        {
            try
            {
                await release(CancellationToken.None);
                return;
            }
            catch (Exception exception) when (exception.IsPassing())
            {
                await EndedWithinAsync(PauseAfterFailure);
            }
        }
    }

    private Task AttachAsync(AttachedRegister attached, CancellationToken cancellationToken) =>
        WriteAsync(value => value.With(attached), cancellationToken);

    /// <summary>Writes the session's register, which renews the session.</summary>
    /// <exception cref="SessionLostException">The session was lost.</exception>
    private async Task WriteAsync(Func<SessionValue, SessionValue> edit, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(cancellationToken);
        while (true)
        {
            EnsureNotLost();
            var value = edit(_value);
            var deadline = Deadline.After(value.TimeToLive, _parts);
            var outcome = await _parts.Sessions.WriteAsync(Id, _entry, value, cancellationToken);
            if (outcome is { Status: ChangeStatus.Applied, Entry: { } written })
            {
                (_value, _entry, _deadline) = (value, written, deadline);
                EnsureNotLost();
                TellKeeper();
                return;
            }

            await TakeInAsync(outcome.Entry, cancellationToken);
        }
    }

    /// <summary>Takes in what another has written: a write of this session whose answer was lost, or the session's end.</summary>
    private async Task TakeInAsync(RegisterEntry? entry, CancellationToken cancellationToken)
    {
        var value = SessionValue.Of(entry);
        if (entry is not null && value is { State: SessionState.Open })
        {
            (_value, _entry) = (value, entry);
            return;
        }

        Lose();
        if (entry is not null && value is { State: SessionState.Ending })
            await _parts.Sessions.EndAsync(Id, entry, cancellationToken);
    }

    /// <summary>Loses the session when its deadline has passed, whatever renewals do.</summary>
    private async Task WatchDeadlineAsync()
    {
        while (!IsLost)
            await EndedWithinAsync(Left);
    }

    private Task EndedWithinAsync(TimeSpan time) => _ended.Task.EndsWithinAsync(time > TimeSpan.Zero ? time : TimeSpan.Zero, _parts.Time, CancellationToken.None);

    private void LoseIfOver()
    {
        if (Left <= TimeSpan.Zero)
            Lose();
    }

    private void Lose()
    {
        try
        {
            _lost.Cancel();
        }
        catch (AggregateException)
        {
            // What the application does when it loses the session is its own affair; the session is lost all the same.
        }

        _ended.TrySetResult();
    }

    private void TellKeeper() => _parts.Keepers.Tell(new SessionRenewal(Id, _entry.Version, _value.TimeToLive, [.. _locks]));
}
