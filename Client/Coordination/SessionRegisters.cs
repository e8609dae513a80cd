namespace Orleans.Paxos.Client.Coordination;

/// <summary>What anyone can do with a session's register. The register decides: whoever comes second finds what the first has done.</summary>
internal sealed class SessionRegisters(IRegisterClient registers)
{
    /// <summary>Reads a session's register.</summary>
    public Task<RegisterEntry?> ReadAsync(Guid session, CancellationToken cancellationToken) =>
        registers.ReadAsync(ReservedNames.OfSession(session), ReadConsistency.Linearizable, cancellationToken);

    /// <summary>Whether a session has ended, so that what it held is free.</summary>
    public async Task<bool> HasEndedAsync(Guid session, CancellationToken cancellationToken) =>
        SessionValue.HasEnded(await ReadAsync(session, cancellationToken));

    /// <summary>
    /// Writes the first value of a session. Nobody else has its id, so it is no matter at which version, and thus none when the registers of others were
    /// forgotten, which would hold up a write that expects none.
    /// </summary>
    public Task<ChangeOutcome> OpenAsync(Guid session, SessionValue value, CancellationToken cancellationToken) =>
        registers.ChangeAsync(ReservedNames.OfSession(session), Change.Decide(value.Encode()), cancellationToken: cancellationToken);

    /// <summary>Writes a session's value, if the register is still as it was read.</summary>
    public Task<ChangeOutcome> WriteAsync(Guid session, RegisterEntry entry, SessionValue value, CancellationToken cancellationToken) =>
        registers.ReplaceAsync(ReservedNames.OfSession(session), entry, Change.Set(value.Encode()), cancellationToken);

    /// <summary>
    /// Ends a session, if its register is still as it was read. The caller is its owner, or has seen it unchanged for its time-to-live. A session to which
    /// nothing belongs is deleted at once; the value of any other still says what belonged to it.
    /// </summary>
    /// <returns>The session's newest entry, which says whether it has ended, by this call or another.</returns>
    public async Task<RegisterEntry?> EndAsync(Guid session, RegisterEntry? entry, CancellationToken cancellationToken)
    {
        if (SessionValue.Of(entry) is not { } value || value.State == SessionState.Ended)
            return entry;
        var end = value.Attached.IsEmpty ? Change.Delete() : Change.Set((value with { State = SessionState.Ended }).Encode());
        return (await registers.ReplaceAsync(ReservedNames.OfSession(session), entry, end, cancellationToken)).Entry;
    }

    /// <summary>Writes an open session, which renews it.</summary>
    /// <returns>
    /// What was written; null if the session has ended, and if its end was asked for, what says so: then nothing was written.
    /// </returns>
    public async Task<RegisterEntry?> EditAsync(Guid session, Func<SessionValue, SessionValue> edit, CancellationToken cancellationToken)
    {
        var entry = await ReadAsync(session, cancellationToken);
        while (entry is not null && SessionValue.Of(entry) is { State: SessionState.Open } value)
        {
            var outcome = await WriteAsync(session, entry, edit(value), cancellationToken);
            if (outcome.Status == ChangeStatus.Applied)
                return outcome.Entry;
            entry = outcome.Entry;
        }

        return SessionValue.HasEnded(entry) ? null : entry;
    }

    /// <summary>Ends a session for its owner, and removes what belonged to it.</summary>
    public async Task CloseAsync(Guid session, RegisterEntry? entry, CancellationToken cancellationToken)
    {
        do
            entry = await EndAsync(session, entry, cancellationToken);
        while (!SessionValue.HasEnded(entry));
        await CleanUpAsync(session, entry, cancellationToken);
    }

    /// <summary>Asks a session's owner to end it. If the owner does not run, the session ends after its time-to-live.</summary>
    /// <returns>Whether there is such a session.</returns>
    public async Task<bool> AskToEndAsync(Guid session, CancellationToken cancellationToken) =>
        await EditAsync(session, static value => value with { State = SessionState.Ending }, cancellationToken) is not null;

    /// <summary>Removes what belonged to a session that has ended, and then its register. Several may do that at once.</summary>
    /// <param name="session">The session.</param>
    /// <param name="entry">The entry of its end, which names all that belonged to it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CleanUpAsync(Guid session, RegisterEntry? entry, CancellationToken cancellationToken)
    {
        if (SessionValue.Of(entry) is not { } value)
            return;
        if (value.State != SessionState.Ended)
            throw new InvalidOperationException($"The session {session} has not ended, and what belongs to it was to be removed. Nothing was removed.");
        foreach (var attached in value.Attached)
            await RemoveAsync(session, attached, cancellationToken);
        await registers.ReplaceAsync(ReservedNames.OfSession(session), entry, Change.Delete(), cancellationToken);
    }

    /// <summary>Removes a register that belongs to a session, and sees to it that no write of the session comes late.</summary>
    public async Task RemoveAsync(Guid session, AttachedRegister attached, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = await registers.ReadAsync(attached.Name, ReadConsistency.Linearizable, cancellationToken);
            if (entry is { Deleted: false } && entry.Session == session)
            {
                var deletion = Change.Delete() with { Fence = entry.Guard };
                if ((await registers.ReplaceAsync(attached.Name, entry, deletion, cancellationToken)).Status == ChangeStatus.Applied)
                    return;
            }
            else if ((entry?.Version ?? 0) != attached.Version || await registers.OvertakeAsync(attached.Name, entry, session, cancellationToken))
            {
                return;
            }
        }
    }
}
