namespace Orleans.Paxos.Silo.Http;

/// <summary><c>/v1/registers</c>: the names of all registers that have a value, or these registers with their values.</summary>
internal static class ListPath
{
    private const string Path = "/v1/registers";

    /// <summary>Maps the path.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], GetAsync).WithMetadata(new QueryParameters("prefix", "after", "limit", "values"));

    private static async Task GetAsync(HttpContext context)
    {
        var query = Query.Of(context);
        var prefix = query.Text("prefix");
        var after = query.Text("after");
        var limit = query.Limit();
        var values = query.Flag("values");
        RegisterName.ValidatePrefix(prefix);

        await context.ReservePageAsync(limit, values);
        var client = context.RequestServices.GetRequiredService<IRegisterClient>();
        var next = $"{Path}?prefix={Uri.EscapeDataString(prefix)}&limit={limit}{(values ? "&values=true" : "")}";
        if (values)
            await WriteAsync(context.Response, await client.ListEntriesPageAsync(prefix, after, limit, context.RequestAborted), next);
        else
            await WriteAsync(context.Response, await client.ListPageAsync(prefix, after, limit, context.RequestAborted), next);
    }

    private static Task WriteAsync(HttpResponse response, NamePage page, string next)
    {
        if (page.More)
            response.LinkToNext(next, page.Names[^1]);
        return response.WriteJsonAsync(page.Names);
    }

    private static Task WriteAsync(HttpResponse response, EntryPage page, string next)
    {
        if (page.More)
            response.LinkToNext(next, page.Entries[^1].Name);
        return response.WriteJsonAsync(page.Entries.Select(each => Envelope.Of(each.Name, each.Entry)));
    }
}
