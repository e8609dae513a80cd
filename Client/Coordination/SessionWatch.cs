namespace Orleans.Paxos.Client.Coordination;

/// <summary>Watches another's session, and ends it when it has been seen unchanged for its time-to-live.</summary>
internal sealed class SessionWatch(CoordinationParts parts, Guid session)
{
    /// <summary>Waits for the session's end.</summary>
    public async Task UntilEndedAsync(CancellationToken cancellationToken)
    {
        var entry = await parts.Sessions.ReadAsync(session, cancellationToken);
        if (entry is null)
            return;
        await using var register = new FollowedRegister(parts.Registers, ReservedNames.OfSession(session), WatchPoint.Of(entry), cancellationToken);
        var seenAt = parts.Time.GetTimestamp();
        while (SessionValue.Of(entry) is { State: not SessionState.Ended } value)
        {
            var left = value.TimeToLive - parts.Time.GetElapsedTime(seenAt);
            var (isNew, newest) = left > TimeSpan.Zero
                ? await register.Changed.EndsWithinAsync(left, parts.Time, cancellationToken) ? await register.TakeAsync() : (false, entry)
                : await TryEndAsync(entry!, cancellationToken);
            if (isNew)
                (entry, seenAt) = (newest, parts.Time.GetTimestamp());
        }
    }

    /// <returns>The session's newest entry; and whether it is another one.</returns>
    private async Task<(bool IsNew, RegisterEntry? Newest)> TryEndAsync(RegisterEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return (true, await parts.Sessions.EndAsync(session, entry, cancellationToken));
        }
        catch (Exception exception) when (exception is QuorumUnavailableException or OutcomeUnknownException)
        {
            return (false, entry);
        }
    }
}
