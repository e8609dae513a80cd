namespace Orleans.Paxos.Silo.Http;

/// <summary>What the HTTP interface needs to know.</summary>
internal sealed class HttpOptions
{
    /// <summary>The largest value, in bytes.</summary>
    public int MaxValueBytes { get; set; } = 262_144;

    /// <summary>The most that the values of a register's history have together, in bytes.</summary>
    public int MaxHistoryBytes { get; set; } = 524_288;

    /// <summary>The memory that answers under way may take together, in bytes.</summary>
    public long AnswerMemoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a reader may take for a slice of an answer before it is dropped.</summary>
    public TimeSpan ReaderPatience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a watch may be silent before a comment shows that it lives.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the question whether the silo is ready may take.</summary>
    public TimeSpan ReadinessTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The keys, one of which a request needs; none leaves everything open.</summary>
    public HttpKeys Keys { get; set; } = HttpKeys.None;

    /// <summary>How many connections there may be at once; more are closed as they come.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>How long the headers of a request may take.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
