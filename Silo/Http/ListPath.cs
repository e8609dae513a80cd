namespace Orleans.Paxos.Silo.Http;

/// <summary><c>/v1/registers</c>: the names of all registers that have a value.</summary>
internal static class ListPath
{
    private const string Path = "/v1/registers";
    private const int MaxLimit = 10_000;
    private const int DefaultLimit = 1000;

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], GetAsync);

    private static async Task GetAsync(HttpContext context)
    {
        var query = new Query(context.Request);
        var prefix = query.Text("prefix");
        var after = query.Text("after");
        var limit = (int)query.Number("limit", DefaultLimit, 1, MaxLimit);
        RegisterName.ValidatePrefix(prefix);

        await context.ReserveAnswerAsync((long)limit * RegisterName.MaxBytes);
        var client = context.RequestServices.GetRequiredService<IRegisterClient>();
        var page = await client.ListPageAsync(prefix, after, limit, context.RequestAborted);
        if (page.More && !page.Names.IsEmpty)
            context.Response.Headers.Link = $"<{Next(prefix, page.Names[^1], limit)}>; rel=\"next\"";
        await context.Response.WriteJsonAsync(page.Names);
    }

    private static string Next(string prefix, string after, int limit) =>
        $"{Path}?prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}&limit={limit}";
}
