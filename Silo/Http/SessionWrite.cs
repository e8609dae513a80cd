using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Writes a register that belongs to the session of a caller.</summary>
internal static class SessionWrite
{
    /// <summary>Writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="session">The session.</param>
    /// <param name="name">The register's name.</param>
    /// <param name="change">The change.</param>
    /// <param name="options">The identity of the request; null for a new one.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ProblemException">The session has ended, or its end was asked for.</exception>
    public static async Task<ChangeOutcome> RunAsync(HttpContext context, Guid session, string name, Change change, ChangeOptions? options)
    {
        var parts = context.Coordination();
        await using var open = await ForeignSession.FindAsync(parts, session, mayWait: false, context.RequestAborted);
        var write = new AttachedWrite(parts.Registers, session, AttachAsync);
        while (true)
        {
            // Without a condition of its own it is not for the caller to try again because another wrote at the same moment.
            var outcome = await write.RunAsync(name, change, options, context.RequestAborted);
            if (change.Kind != ChangeKind.Set || outcome.Status != ChangeStatus.VersionMismatch)
                return outcome;
        }

        async Task AttachAsync(AttachedRegister attached, CancellationToken cancellationToken)
        {
            var entry = await parts.Sessions.EditAsync(session, value => value.With(attached), cancellationToken);
            if (SessionValue.Of(entry) is not { State: SessionState.Open })
                throw new ProblemException(entry is null ? CoordinationProblems.SessionLost(session) : CoordinationProblems.SessionEnding(session));
        }
    }
}
