namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Maps <c>/v1/watch/{name}</c>, which streams every version of a register as it is chosen, and <c>/v1/watch?prefix=</c>, which does so for
/// all registers below a prefix.
/// </summary>
internal static class WatchPath
{
    private const string Prefix = "/v1/watch/";
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Maps the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Prefix + "{**name}", context => StreamAsync(context, RegisterQuestion(context))).WithMetadata(new QueryParameters("after"));
        routes.MapGet("/v1/watch", context => StreamAsync(context, PrefixQuestion(context))).WithMetadata(new QueryParameters("prefix", "after"));
    }

    /// <summary>Streams the events that answer a question, until the reader leaves or the host stops.</summary>
    public static async Task StreamAsync(HttpContext context, IWatchQuestion question)
    {
        var services = context.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);

        var stream = new WatchStream(
            context,
            services.GetRequiredService<SharedWatches>(),
            services.GetRequiredService<SlowReaders>(),
            services.GetRequiredService<AnswerBudgets>(),
            services.GetRequiredService<HttpOptions>().HeartbeatInterval,
            services.GetRequiredService<TimeProvider>());
        try
        {
            await stream.WriteAsync(question, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader left or the host is stopping, which ends a watch normally.
        }
    }

    private static RegisterQuestion RegisterQuestion(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        var after = Query.Of(context).Point("after");
        if (SeenLast(context.Request) is { } seen && !WatchPoint.TryParse(seen, out after))
            throw new ProblemException(Problems.BadHeader(LastEventId, $"{LastEventId} takes the id of an event of this watch, or a version, 0 or more."));
        return new RegisterQuestion(name, after);
    }

    private static PrefixQuestion PrefixQuestion(HttpContext context)
    {
        var query = Query.Of(context);
        var prefix = query.Text("prefix");
        RegisterName.ValidatePrefix(prefix);
        var seen = SeenLast(context.Request);
        var cursor = seen ?? query.Text("after");
        if (cursor.Length > 0 && !PrefixCursor.TryParse(cursor, out _))
            throw new ProblemException(seen is null
                ? Problems.BadQuery("The parameter 'after' takes the id of an event of this watch.")
                : Problems.BadHeader(LastEventId, $"{LastEventId} takes the id of an event of this watch."));
        return new PrefixQuestion(prefix, cursor);
    }

    /// <summary>A reconnecting browser repeats the address and sends the last id it received, which is the newer of the two.</summary>
    private static string? SeenLast(HttpRequest request) => request.Headers[LastEventId].ToString() is { Length: > 0 } seen ? seen : null;
}
