using Orleans.Paxos.Client.Coordination;

namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Maps <c>/v1/sessions</c>: open, renew, end and list sessions. The caller is the owner: it renews the session, and counts its own deadline from before it
/// sent the renewal that succeeded last.
/// </summary>
internal static class SessionPaths
{
    private const string Path = "/v1/sessions";

    /// <summary>Maps the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], CoordinationPath.Coordinates(ListAsync)).WithMetadata(new QueryParameters("after", "limit"));
        routes.MapPost(Path, CoordinationPath.Coordinates(OpenAsync));
        routes.MapMethods(Path + "/{id}", [HttpMethods.Get, HttpMethods.Head], CoordinationPath.Coordinates(GetAsync));
        routes.MapPut(Path + "/{id}", CoordinationPath.Coordinates(RenewAsync));
        routes.MapDelete(Path + "/{id}", CoordinationPath.Coordinates(EndAsync)).WithMetadata(new QueryParameters("ask"));
    }

    private static async Task ListAsync(HttpContext context)
    {
        var query = Query.Of(context);
        var after = After(query);
        var limit = query.Limit();
        await context.ReservePageAsync(limit, hasValues: true);
        var page = await new SessionList(context.Coordination().Registers).ReadPageAsync(after, limit, context.RequestAborted);
        if (page.More)
            context.Response.LinkToNext($"{Path}?limit={limit}", $"{page.Sessions[^1].Id}");
        await context.Response.WriteJsonAsync(page.Sessions.Select(static session => SessionAnswer.Of(session)));
    }

    private static async Task GetAsync(HttpContext context)
    {
        var id = Id(context);
        await context.ReserveAnswerAsync(context.RequestServices.GetRequiredService<HttpOptions>().MaxValueBytes);
        var session = await new SessionList(context.Coordination().Registers).ReadAsync(id, context.RequestAborted);
        if (session is null)
            await context.Response.WriteProblemAsync(CoordinationProblems.SessionLost(id));
        else
            await context.Response.WriteJsonAsync(SessionAnswer.Of(session));
    }

    private static async Task OpenAsync(HttpContext context)
    {
        var options = await SessionRequest.ReadAsync(context);
        var parts = context.Coordination();
        var id = parts.NewId();
        var outcome = await parts.Sessions.OpenAsync(id, options.Open(parts.Time.GetUtcNow()), context.RequestAborted);
        var answer = Renewed(parts, id, outcome.Entry!);
        await context.Response.WriteCreatedAsync($"{Path}/{id}", answer with { Locks = [] });
    }

    private static async Task RenewAsync(HttpContext context)
    {
        var id = Id(context);
        var parts = context.Coordination();
        var entry = await parts.Sessions.EditAsync(id, static value => value, context.RequestAborted);
        await context.Response.WriteJsonAsync(Renewed(parts, id, entry));
    }

    private static async Task EndAsync(HttpContext context)
    {
        var id = Id(context);
        var isForOthers = Query.Of(context).Flag("ask");
        var parts = context.Coordination();
        var entry = await parts.Sessions.ReadAsync(id, context.RequestAborted);
        var session = SessionList.InfoOf(id, entry, locks: []) ?? throw new ProblemException(CoordinationProblems.SessionLost(id));
        if (!isForOthers)
            await CloseAsync(parts, id, entry, context.RequestAborted);
        else if (!await parts.Sessions.AskToEndAsync(id, context.RequestAborted))
            throw new ProblemException(CoordinationProblems.SessionLost(id));
        await context.Response.WriteJsonAsync(SessionAnswer.Of(session with { IsEnding = true }) with { Locks = null });
    }

    private static async Task CloseAsync(CoordinationParts parts, Guid id, RegisterEntry? entry, CancellationToken cancellationToken)
    {
        await parts.Sessions.CloseAsync(id, entry, cancellationToken);
        parts.Keepers.TellEnded(id, locks: []);
    }

    /// <summary>Tells the keeper and the owner that a session was opened or renewed.</summary>
    private static SessionAnswer Renewed(CoordinationParts parts, Guid id, RegisterEntry? entry)
    {
        var session = SessionList.InfoOf(id, entry, locks: []) ?? throw new ProblemException(CoordinationProblems.SessionLost(id));
        if (session.IsEnding)
            throw new ProblemException(CoordinationProblems.SessionEnding(id));
        parts.Keepers.Tell(new SessionRenewal(id, entry!.Version, session.TimeToLive, []));
        return SessionAnswer.Of(session) with { Locks = null, DeadlineSeconds = Deadline.LengthOf(session.TimeToLive, parts).TotalSeconds };
    }

    /// <summary>The session after which a page begins; null to begin with the first one.</summary>
    private static Guid? After(Query query)
    {
        var text = query.Text("after");
        if (text.Length == 0)
            return null;
        return SessionId.Parse(text) ?? throw new ProblemException(Problems.BadQuery("The parameter 'after' takes the id of a session, the last of the page before."));
    }

    private static Guid Id(HttpContext context)
    {
        var text = context.Request.Path.Value![(Path.Length + 1)..];
        return SessionId.Parse(text) ?? throw new ProblemException(Problems.BadRequest(
            "bad-session", "Bad session id", $"'{text}' is no id of a session, such as 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b."));
    }
}
