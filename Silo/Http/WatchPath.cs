namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/watch/{name}</c>: streams every version of a register as it is chosen.</summary>
internal static class WatchPath
{
    private const string Prefix = "/v1/watch/";
    private const string LastEventId = "Last-Event-ID";

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Prefix + "{**name}", GetAsync).WithMetadata(new QueryParameters("after"));

    private static async Task GetAsync(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        var after = After(context.Request);
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
            await stream.WriteAsync(name, after, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The reader left or the host is stopping, which ends a watch normally.
        }
    }

    /// <summary>Gets what to start after. A reconnecting browser repeats the address and sends the last id it received, which is the newer of the two.</summary>
    private static WatchPoint After(HttpRequest request)
    {
        var after = new Query(request).Point("after");
        var seen = request.Headers[LastEventId].ToString();
        if (seen.Length == 0)
            return after;
        return WatchPoint.TryParse(seen, out var point)
            ? point
            : throw new ProblemException(Problems.BadHeader(LastEventId, $"{LastEventId} takes the id of an event of this watch, or a version, 0 or more."));
    }
}
