namespace Orleans.Paxos.Cli.Http;

/// <summary>An RFC 9457 problem of the HTTP interface. What else it carries depends on its type.</summary>
internal sealed record Problem
{
    public const string MediaType = "application/problem+json";

    /// <summary>The type of the answer for a register without a value; a wrong path is a 404 too, and another type.</summary>
    public const string NotFound = "urn:orleans-paxos:not-found";

    /// <summary>The type of the answer to a change whose request id was that of another change.</summary>
    public const string KeyReused = "urn:orleans-paxos:key-reused";

    public string? Type { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    /// <summary>The request whose outcome is unknown.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>That request's floor.</summary>
    public long? Floor { get; init; }

    /// <summary>The acceptors that answered, when they were no majority.</summary>
    public string[]? Answered { get; init; }

    /// <summary>How many make a majority.</summary>
    public int? Needed { get; init; }

    /// <summary>The size of a value over the limit.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>The acceptor set that refused.</summary>
    public string? Own { get; init; }

    /// <summary>The acceptor set that it refused.</summary>
    public string? Other { get; init; }

    /// <summary>The sentence to show.</summary>
    public string Text => Detail ?? Title ?? "The answer gives no reason.";
}
