using Microsoft.Net.Http.Headers;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/registers/{name}</c>: read, write and delete a register, and add to a counter.</summary>
internal static class RegisterPaths
{
    private const string Prefix = "/v1/registers/";
    private const string Amount = "add";

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Prefix + "{**name}", [HttpMethods.Get, HttpMethods.Head], GetAsync).WithMetadata(new QueryParameters("consistency"));
        routes.MapPut(Prefix + "{**name}", PutAsync);
        routes.MapDelete(Prefix + "{**name}", DeleteAsync);
        routes.MapPost(Prefix + "{**name}", AddAsync).WithMetadata(new QueryParameters(Amount));
    }

    private static async Task GetAsync(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        var headers = context.Request.Headers;
        var consistency = Query.Of(context).Consistency();
        await context.ReserveAnswerAsync(context.RequestServices.GetRequiredService<HttpOptions>().MaxValueBytes);
        var entry = await Registers(context).ReadAsync(name, consistency, context.RequestAborted);

        var response = context.Response;
        response.Headers.Vary = HeaderNames.Accept;
        if (entry is null or { Deleted: true })
            await response.WriteProblemAsync(Problems.NotFound(name, entry));
        else if (!ReadConditions.AllowsMatch(headers, entry))
            await response.WriteProblemAsync(Problems.ConditionFailed(name, entry, $"The register is at version {entry.Version}, which If-Match does not name."));
        else if (ReadConditions.IsKnown(headers, entry))
            WriteNotModified(response, entry);
        else if (Accept.WantsJson(headers.Accept))
            await response.WriteEnvelopeAsync(name, entry);
        else
            await response.WriteValueAsync(entry);
    }

    private static async Task PutAsync(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        var conditions = Conditions.Read(context.Request.Headers);
        var options = RequestIdentity.Read(context.Request.Headers);
        var session = SessionId.Read(context.Request.Headers);
        if (conditions.IfNoneMatch.Version is not null)
            throw new ProblemException(Problems.BadHeader(HeaderNames.IfNoneMatch, "PUT takes If-None-Match: * only (write if there is no value)."));
        var fence = FenceHeader.Read(context.Request.Headers);
        var value = await RequestBody.ReadAsync(context, context.RequestServices.GetRequiredService<HttpOptions>().MaxValueBytes);

        var change = conditions switch
        {
            { IfMatch.Version: { } version } => Change.CompareAndSet(value, version),
            { IfMatch.Any: true } => Change.CompareAndSet(value, await ExistingVersionAsync(context, name)),
            { IfNoneMatch.Any: true } => Change.Decide(value),
            _ => Change.Set(value),
        };
        await ChangeAsync(context, name, change with { Fence = fence }, options, conditions, session);
    }

    private static async Task DeleteAsync(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        var conditions = Conditions.Read(context.Request.Headers);
        var options = RequestIdentity.Read(context.Request.Headers);
        if (conditions.IfNoneMatch.Given)
            throw new ProblemException(Problems.BadHeader(HeaderNames.IfNoneMatch, "DELETE takes If-Match only."));

        var change = Change.Delete(conditions.IfMatch.Version) with { Fence = FenceHeader.Read(context.Request.Headers) };
        await ChangeAsync(context, name, change, options, conditions);
    }

    private static async Task AddAsync(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        var headers = context.Request.Headers;
        var options = RequestIdentity.Read(headers);
        if (Conditions.Read(headers) is { IfMatch.Given: true } or { IfNoneMatch.Given: true })
            throw new ProblemException(Problems.BadHeader(HeaderNames.IfMatch, "An addition depends on no version: send it without If-Match and If-None-Match."));
        RequestBody.EnsureNone(context);
        var change = Change.Add(Query.Of(context).Amount(Amount)) with { Fence = FenceHeader.Read(headers) };
        await ChangeAsync(context, name, change, options, default);
    }

    private static async Task ChangeAsync(
        HttpContext context, string name, Change change, ChangeOptions? options, Conditions conditions, Guid? session = null)
    {
        var outcome = session is { } owner
            ? await SessionWrite.RunAsync(context, owner, name, change, options)
            : await Registers(context).ChangeAsync(name, change, options, context.RequestAborted);
        await ChangeAnswer.WriteAsync(context.Response, name, change, conditions, outcome);
    }

    /// <summary>
    /// Gets the version that <c>If-Match: *</c> stands for. For a register without a value it returns a version that never
    /// exists, so that the change is still sent: an earlier attempt of it may have been written, and only the register knows.
    /// </summary>
    private static async Task<long> ExistingVersionAsync(HttpContext context, string name)
    {
        var entry = await Registers(context).ReadAsync(name, ReadConsistency.Linearizable, context.RequestAborted);
        return entry is { Deleted: false } ? entry.Version : long.MaxValue;
    }

    private static void WriteNotModified(HttpResponse response, RegisterEntry entry)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.ETag = EntityTag.Of(entry.Version);
        response.Headers.CacheControl = "no-cache";
    }

    private static IRegisterClient Registers(HttpContext context) => context.RequestServices.GetRequiredService<IRegisterClient>();
}
