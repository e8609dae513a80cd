using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/locks/{name}</c>: acquire and release locks, semaphores and reader-writer locks, and see who holds them.</summary>
internal static class LockPaths
{
    private const string Prefix = "/v1/locks/";

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Prefix + "{**name}", [HttpMethods.Get, HttpMethods.Head], CoordinationPath.Coordinates(GetAsync));
        routes.MapPost(Prefix + "{**name}", CoordinationPath.Coordinates(PostAsync)).WithMetadata(new QueryParameters("session", "wait", "kind", "limit"));
        routes.MapDelete(Prefix + "{**name}", CoordinationPath.Coordinates(DeleteAsync)).WithMetadata(new QueryParameters("session", "token"));
    }

    private static async Task GetAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        var value = await context.HoldersAsync(name);
        var isHeld = !value.Holders.IsEmpty;
        await context.Response.WriteJsonAsync(new
        {
            Name = name,
            Kind = isHeld ? LockKindWord.Of(value.Kind) : null,
            Limit = isHeld ? value.Limit : (int?)null,
            Holders = value.Holders.Select(LockHolder.Of),
        });
    }

    private static async Task PostAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        var query = Query.Of(context);
        var granted = await context.AcquireAsync(name, LockKindWord.Bid(query));
        await context.Response.WriteJsonAsync(HeldLock.Of(name, granted, query.Session()));
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        var session = Query.Of(context).Session();
        var held = await context.HeldAsync(name, static kind => kind != LockKind.Election);
        await new GrantedLock(context.Coordination().Registers, name, session, held).ReleaseAsync(context.RequestAborted);
        await context.Response.WriteJsonAsync(HeldLock.Of(name, held, session));
    }
}
