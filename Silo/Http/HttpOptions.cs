namespace Orleans.Paxos.Silo.Http;

/// <summary>Options of the HTTP interface.</summary>
internal sealed class HttpOptions
{
    /// <summary>The maximum size of a value in bytes.</summary>
    public int MaxValueBytes { get; set; } = 262_144;

    /// <summary>The most that the values of a register's history have together, in bytes.</summary>
    public int MaxHistoryBytes { get; set; } = 524_288;

    /// <summary>The memory that answers under way may take together, in bytes.</summary>
    public long AnswerMemoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a reader may take for a slice of an answer before it is dropped.</summary>
    public TimeSpan ReaderPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a watch may be silent before a comment shows that it lives.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The timeout of the read that checks readiness.</summary>
    public TimeSpan ReadinessTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The keys. Without keys, every request is allowed.</summary>
    public HttpKeys Keys { get; set; } = HttpKeys.None;

    /// <summary>The origins whose web pages may use the interface from a browser; none by default.</summary>
    public ImmutableArray<string> AllowedOrigins { get; set; } = [];

    /// <summary>How many connections there may be at once; more are closed as they come.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How long the client may take to send the headers of a request.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
