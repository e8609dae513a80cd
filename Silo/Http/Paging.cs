namespace Orleans.Paxos.Silo.Http;

/// <summary>What lists that are read page by page have in common.</summary>
internal static class Paging
{
    private const int MaxLimit = 10_000;
    private const int DefaultLimit = 1000;

    /// <summary>The parameter <c>limit</c>: how many a page has at most.</summary>
    /// <exception cref="ProblemException">It is not valid.</exception>
    public static int Limit(this Query query) => (int)query.Number("limit", DefaultLimit, 1, MaxLimit);

    /// <summary>Takes room for a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">How many the page has at most.</param>
    /// <param name="hasValues">Whether it has their values, too.</param>
    public static Task ReservePageAsync(this HttpContext context, int limit, bool hasValues)
    {
        var mostValueBytes = hasValues ? Math.Max(EntryPage.MaxValueBytes, context.RequestServices.GetRequiredService<HttpOptions>().MaxValueBytes) : 0;
        return context.ReserveAnswerAsync(((long)limit * RegisterName.MaxBytes) + mostValueBytes);
    }

    /// <summary>Says where the next page is.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="list">The list, with the parameters of this page but <c>after</c>.</param>
    /// <param name="after">The last of this page.</param>
    public static void LinkToNext(this HttpResponse response, string list, string after) =>
        response.Headers.Link = $"<{list}&after={Uri.EscapeDataString(after)}>; rel=\"next\"";
}
