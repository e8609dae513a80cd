namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/</c>: an overview of the interface.</summary>
internal static class UsagePath
{
    private const string Usage = """
        Orleans.Paxos: replicated config registers.

        GET    /v1/registers/NAME    the value; Accept: application/json for its version and more; ?consistency=stale
        PUT    /v1/registers/NAME    write; If-Match: "7" (compare and set), If-None-Match: * (write once), Idempotency-Key: UUID,
                                     Paxos-Fence: LOCK; TOKEN
        DELETE /v1/registers/NAME    delete; If-Match: "7", Paxos-Fence: LOCK; TOKEN
        POST   /v1/registers/NAME    ?add=5 adds to a counter
        GET    /v1/registers         the names; ?prefix=app/&after=app/x&limit=1000
        GET    /v1/history/NAME      the newest versions
        GET    /v1/watch/NAME        versions as they are chosen (server-sent events); ?after=7
        GET    /v1/status            the acceptors
        GET    /health/live          the process answers
        GET    /health/ready         a majority of acceptors answers

        Where keys are configured, all but the health paths need one: Authorization: Bearer KEY

        """;

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/", context => context.Response.WriteAsync(Usage));
}
