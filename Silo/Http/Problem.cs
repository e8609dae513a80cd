namespace Orleans.Paxos.Silo.Http;

/// <summary>An error in the format of RFC 9457.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The kind of error: the last part of the <c>type</c> URI.</param>
/// <param name="Title">A short description of the kind of error.</param>
/// <param name="Detail">What happened, what it means for the data and what to do next.</param>
internal sealed record Problem(int Status, string Type, string Title, string Detail)
{
    /// <summary>Additional members of the response, for programs.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>Gets the members of the response in the order in which they are written.</summary>
    public IEnumerable<KeyValuePair<string, object?>> All() =>
    [
        new("type", $"urn:orleans-paxos:{Type}"),
        new("title", Title),
        new("status", Status),
        new("detail", Detail),
        .. Members,
    ];
}

/// <summary>Ends a request with a problem.</summary>
/// <param name="problem">The problem.</param>
internal sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>The problem.</summary>
    public Problem Problem { get; } = problem;
}
