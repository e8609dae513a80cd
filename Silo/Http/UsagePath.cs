namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/</c>: an overview of the interface.</summary>
internal static class UsagePath
{
    private const string Usage = """
        Orleans.Paxos: replicated config registers, sessions, locks and elections.

        GET    /v1/registers/NAME    the value; Accept: application/json for its version and more; ?consistency=stale
        PUT    /v1/registers/NAME    write; If-Match: "7" (compare and set), If-None-Match: * (write once), Idempotency-Key: UUID,
                                     Paxos-Fence: LOCK; TOKEN
        DELETE /v1/registers/NAME    delete; If-Match: "7", Paxos-Fence: LOCK; TOKEN
        POST   /v1/registers/NAME    ?add=5 adds to a counter
        GET    /v1/registers         the names; ?prefix=app/&after=app/x&limit=1000
        GET    /v1/history/NAME      the newest versions
        GET    /v1/watch/NAME        versions as they are chosen (server-sent events); ?after=7
        POST   /v1/sessions          open a session: {"ttlSeconds":15,"owner":"text"}
        GET    /v1/sessions          the sessions; ?after=ID&limit=1000
        PUT    /v1/sessions/ID       renew it in time; DELETE ends it, ?ask=true asks its owner to; GET shows it
        PUT    /v1/registers/NAME    with Paxos-Session: ID the register goes with the session
        POST   /v1/locks/NAME        acquire; ?session=ID&wait=10&kind=lock|semaphore|read|write&limit=3
        DELETE /v1/locks/NAME        release; ?session=ID; GET shows who holds it
        POST   /v1/elections/NAME    campaign with a value; ?session=ID&wait=10; PUT proclaims another, DELETE resigns
        GET    /v1/elections/NAME    who leads; ?watch=true for all who follow (server-sent events)
        GET    /v1/backup/registers  all registers with their histories, for 'paxos backup'; ?prefix=&after=&limit=1000
        PUT    /v1/backup/registers  restore one of them, if there is none of its name
        GET    /v1/backup/watermarks what new names begin above; ?first=0&count=1024; PUT raises it
        GET    /v1/acceptors         the acceptor set and its change; POST {"add":["a4"],"remove":["a1"]} begins one
        DELETE /v1/acceptors/change  cancels it
        GET    /v1/status            the acceptors
        GET    /health/live          the process answers
        GET    /health/ready         a majority of acceptors answers

        Where keys are configured, all but the health paths need one: Authorization: Bearer KEY

        """;

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", context => context.Response.WriteAsync(Usage));
}
