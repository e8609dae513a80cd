namespace Orleans.Paxos.Silo.Http;

/// <summary>Refuses query parameters that a path does not take: one that is misspelt would change nothing, and its sender would not know.</summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class QueryCheck(RequestDelegate next)
{
    /// <summary>Checks one request, once its path and its key are known to be right.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="ProblemException">It has a parameter that its path does not take.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.QueryString.HasValue && context.GetEndpoint() is RouteEndpoint path)
            Query.Of(context).EnsureOnly(path.Metadata.GetMetadata<QueryParameters>()?.Names ?? []);
        return next(context);
    }
}

/// <summary>Marks a path with the query parameters that it takes; a path without the mark takes none.</summary>
/// <param name="names">Their names.</param>
internal sealed class QueryParameters(params string[] names)
{
    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names => names;
}
