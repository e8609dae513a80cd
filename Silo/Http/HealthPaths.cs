namespace Orleans.Paxos.Silo.Http;

/// <summary>
/// Maps <c>/health/live</c> (the process responds) and <c>/health/ready</c> (a linearizable read succeeds). Probes need no key.
/// </summary>
internal static class HealthPaths
{
    /// <summary>A register that is never written. Reading it asks a majority and writes nothing.</summary>
    private const string ReadinessRegister = "health/ready";

    /// <summary>Maps the paths.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", [HttpMethods.Get, HttpMethods.Head], LiveAsync).WithMetadata(NeedsNoKey.Mark);
        routes.MapMethods("/health/ready", [HttpMethods.Get, HttpMethods.Head], ReadyAsync).WithMetadata(NeedsNoKey.Mark);
    }

    private static Task LiveAsync(HttpContext context) => context.Response.WriteJsonAsync(new { status = "live" });

    private static async Task ReadyAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var timeout = services.GetRequiredService<HttpOptions>().ReadinessTimeout;
        using var patience = new CancellationTokenSource(timeout, services.GetRequiredService<TimeProvider>());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            await services.GetRequiredService<IRegisterClient>().ReadAsync(ReadinessRegister, ReadConsistency.Linearizable, ended.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new ProblemException(Problems.NotReady($"A linearizable read had no answer within {timeout.TotalSeconds:0.#} s."));
        }

        await context.Response.WriteJsonAsync(new { status = "ready" });
    }
}
