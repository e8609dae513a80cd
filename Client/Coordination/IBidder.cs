namespace Orleans.Paxos.Client.Coordination;

/// <summary>In whose name a lock is acquired.</summary>
internal interface IBidder
{
    /// <summary>The session's id.</summary>
    Guid Id { get; }

    /// <summary>The session's owner text.</summary>
    string Owner { get; }

    /// <summary>Is cancelled when the session is lost.</summary>
    CancellationToken Lost { get; }

    /// <summary>Whether the session has not ended.</summary>
    Task<bool> IsOpenAsync(CancellationToken cancellationToken);

    /// <summary>Notes that the session holds a lock, so that its keeper looks there when it has ended.</summary>
    void Holds(string name);

    /// <summary>Gives a token to a handle; not if the release of the token has begun.</summary>
    bool TryHold(string name, long token);

    /// <summary>Begins to release a token; not if a handle has it.</summary>
    bool TryGiveUp(string name, long token);

    /// <summary>Leaves a release that failed to the background: it is tried again until it succeeds or the session is lost.</summary>
    void ReleaseLater(Func<CancellationToken, Task> release);
}
