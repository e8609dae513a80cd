namespace Orleans.Paxos.Cli.Http;

/// <summary>An RFC 9457 problem of the HTTP interface. Its other members depend on its type.</summary>
internal sealed record Problem
{
    public const string MediaType = "application/problem+json";

    /// <summary>The type for a register without a value. A wrong path is also a 404, but has another type.</summary>
    public const string NotFound = "urn:orleans-paxos:not-found";

    /// <summary>The type of the answer to a change whose request id was that of another change.</summary>
    public const string KeyReused = "urn:orleans-paxos:key-reused";

    /// <summary>The type of the answer to a change whose fence is not that of the latest holder of the register's lock.</summary>
    public const string Fenced = "urn:orleans-paxos:fenced";

    /// <summary>The type of the answer to an addition to a value that is not a number.</summary>
    public const string NotACounter = "urn:orleans-paxos:not-a-counter";

    /// <summary>The types of the answers about sessions and locks that are outcomes, not errors.</summary>
    public const string SessionLost = "urn:orleans-paxos:session-lost";

    /// <inheritdoc cref="SessionLost"/>
    public const string SessionEnding = "urn:orleans-paxos:session-ending";

    /// <inheritdoc cref="SessionLost"/>
    public const string LockHeld = "urn:orleans-paxos:lock-held";

    /// <inheritdoc cref="SessionLost"/>
    public const string LockKind = "urn:orleans-paxos:lock-kind";

    /// <inheritdoc cref="SessionLost"/>
    public const string NotHeld = "urn:orleans-paxos:not-held";

    /// <summary>The type of the answer to a change of the acceptor set that is not possible.</summary>
    public const string AcceptorChangeRefused = "urn:orleans-paxos:acceptor-change-refused";

    /// <summary>The type of the answer to a change of the acceptor set that may or may not have begun.</summary>
    public const string AcceptorChangeUnknown = "urn:orleans-paxos:acceptor-change-unknown";

    public string? Type { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    /// <summary>The id of the request whose outcome is unknown.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The floor of that request.</summary>
    public long? Floor { get; init; }

    /// <summary>The acceptors that answered, when they are not a majority.</summary>
    public string[]? Answered { get; init; }

    /// <summary>The number of acceptors in a majority.</summary>
    public int? Needed { get; init; }

    /// <summary>The size of a value that exceeds the limit.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>The acceptor set of the silo that refused the request.</summary>
    public string? Own { get; init; }

    /// <summary>The acceptor set that was refused.</summary>
    public string? Other { get; init; }

    /// <summary>The text to show.</summary>
    public string Text => Detail ?? Title ?? "The answer gives no reason.";
}
