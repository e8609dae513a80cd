namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/status</c>: the acceptor set and the state of each acceptor.</summary>
internal static class StatusPath
{
    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/v1/status", [HttpMethods.Get, HttpMethods.Head], GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        var client = context.RequestServices.GetRequiredService<IRegisterClient>();
        var status = await client.StatusAsync(context.RequestAborted);
        await context.Response.WriteJsonAsync(new
        {
            status.Epoch,
            status.Majority,
            status.Silo,
            acceptors = status.Acceptors.Select(acceptor => new
            {
                name = acceptor.Acceptor,
                standing = acceptor.Standing.ToWord(),
                acceptor.Detail,
                acceptor.Silo,
                acceptor.Storage,
                acceptor.Registers,
                forgotten = acceptor.Forgetting?.Forgotten ?? 0,
                forgettingWaitsFor = acceptor.Forgetting?.WaitsFor ?? "",
                missedSince = acceptor.CatchUp?.Since,
                behind = acceptor.CatchUp?.Behind ?? 0,
            }),
        });
    }
}
