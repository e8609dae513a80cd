using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The errors of sessions, locks and elections.</summary>
internal static class CoordinationProblems
{
    public static Problem SessionLost(Guid session) =>
        new(StatusCodes.Status404NotFound, "session-lost", "The session has ended",
            $"There is no session {session}: it has ended, or never was. What it held may be another's. Open a new one with POST /v1/sessions. Nothing was written.");

    public static Problem SessionEnding(Guid session) =>
        new(StatusCodes.Status409Conflict, "session-ending", "The end of the session was asked for",
            $"Somebody asked for the end of the session {session}. Stop what it is for, and end it with DELETE /v1/sessions/{session}; otherwise its time-to-live does. Nothing was written.");

    public static Problem LockHeld(string name, LockValue value) =>
        new(StatusCodes.Status409Conflict, "lock-held", "Others hold it",
            $"'{name}' was not acquired in the time to wait: others hold it, or wait for it before. Wait longer (?wait=60) or ask again. The session does not hold it.")
        {
            Members = new Dictionary<string, object?> { ["name"] = name, ["holders"] = value.Holders.Select(LockHolder.Of) },
        };

    public static Problem LockKind(LockKindException exception) =>
        new(StatusCodes.Status409Conflict, "lock-kind", "The name is in use for another kind of lock", exception.Message);

    public static Problem NotHeld(string name, Guid session) =>
        new(StatusCodes.Status404NotFound, "not-held", "The session does not hold it",
            $"The session {session} does not hold '{name}': it never did, has released it, or has ended. Nothing was written.");

    public static Problem NoLeader(string name) =>
        new(StatusCodes.Status404NotFound, "no-leader", "Nobody leads", $"Nobody leads in '{name}' at the moment. Campaign with POST /v1/elections/{name}?session=ID.");

    public static Problem MayStillGet(string name, Guid session) =>
        new(StatusCodes.Status504GatewayTimeout, "outcome-unknown", "It is not known who holds it",
            $"A write that gives '{name}' to the session {session} may have happened, or may still happen. Ask again: if the session holds it, the answer is the same token. "
            + "To be sure that it never gets it, end the session.");

    public static Problem Unknown(OutcomeUnknownException exception) =>
        new(StatusCodes.Status504GatewayTimeout, "outcome-unknown", "The request may or may not have been carried out",
            $"No majority said how a write of it ended ({exception.Message.TrimEnd('.')}). Send it again: what was done already is not done twice. A session that was opened all the same ends after its time-to-live.");

    public static Problem BadBody(string detail) => Problems.BadRequest("bad-body", "Bad body", detail);
}
