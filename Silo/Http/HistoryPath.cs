namespace Orleans.Paxos.Silo.Http;

/// <summary>Maps <c>/v1/history/{name}</c>: the newest versions of a register.</summary>
internal static class HistoryPath
{
    private const string Prefix = "/v1/history/";

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Prefix + "{**name}", [HttpMethods.Get, HttpMethods.Head], GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        var name = context.RegisterNameAfter(Prefix);
        await context.ReserveAnswerAsync(context.RequestServices.GetRequiredService<HttpOptions>().MaxHistoryBytes);
        var client = context.RequestServices.GetRequiredService<IRegisterClient>();
        var entries = await client.HistoryAsync(name, context.RequestAborted);
        if (entries.IsEmpty)
            await context.Response.WriteProblemAsync(Problems.NotFound(name, null));
        else
            await context.Response.WriteJsonAsync(entries.Select(entry => Envelope.Of(name, entry)));
    }
}
