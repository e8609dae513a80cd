using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/elections/{name}</c>: campaign, proclaim, resign, and see or follow who leads.</summary>
internal static class ElectionPaths
{
    private const string Prefix = "/v1/elections/";

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Prefix + "{**name}", [HttpMethods.Get, HttpMethods.Head], CoordinationPath.Coordinates(GetAsync)).WithMetadata(new QueryParameters("watch"));
        routes.MapPost(Prefix + "{**name}", CoordinationPath.Coordinates(PostAsync)).WithMetadata(new QueryParameters("session", "wait"));
        routes.MapPut(Prefix + "{**name}", CoordinationPath.Coordinates(PutAsync)).WithMetadata(new QueryParameters("session", "token"));
        routes.MapDelete(Prefix + "{**name}", CoordinationPath.Coordinates(DeleteAsync)).WithMetadata(new QueryParameters("session", "token"));
    }

    private static async Task GetAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        if (Query.Of(context).Flag("watch") && HttpMethods.IsGet(context.Request.Method))
            await WatchPath.StreamAsync(context, new LeaderQuestion(context.Coordination().Registers, name, After: null));
        else if (Leader.Of(name, await context.HoldersAsync(name)) is { } leader)
            await context.Response.WriteJsonAsync(leader);
        else
            await context.Response.WriteProblemAsync(CoordinationProblems.NoLeader(name));
    }

    private static async Task PostAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        var query = Query.Of(context);
        query.Session(); // before the body is read
        var value = await ValueAsync(context);
        var granted = await context.AcquireAsync(name, bidder => new Bid(LockKind.Election, 1, bidder.Id, bidder.Owner, Proclaimed: value));
        await context.Response.WriteJsonAsync(Leader.Of(name, LockValue.Of(granted.Entry)));
    }

    private static async Task PutAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        var session = Query.Of(context).Session();
        var value = await ValueAsync(context);
        await using var open = await ForeignSession.FindAsync(context.Coordination(), session, mayWait: false, context.RequestAborted);
        var held = await context.HeldAsync(name, static kind => kind == LockKind.Election);
        var written = await new GrantedLock(context.Coordination().Registers, name, session, held).ProclaimAsync(value, context.RequestAborted);
        if (written is null)
            throw new ProblemException(CoordinationProblems.NotHeld(name, session));
        await context.Response.WriteJsonAsync(Leader.Of(name, LockValue.Of(written)));
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        var name = context.LockNameAfter(Prefix);
        var session = Query.Of(context).Session();
        var held = await context.HeldAsync(name, static kind => kind == LockKind.Election);
        await new GrantedLock(context.Coordination().Registers, name, session, held).ReleaseAsync(context.RequestAborted);
        await context.Response.WriteJsonAsync(Leader.Of(name, LockValue.Of(held.Entry)));
    }

    /// <summary>The register of an election has the value with what surrounds it, so a value has to be smaller than that of a register.</summary>
    private static Task<byte[]> ValueAsync(HttpContext context) =>
        RequestBody.ReadAsync(context, context.RequestServices.GetRequiredService<HttpOptions>().MaxValueBytes);
}
