namespace Orleans.Paxos.Cli.Http;

/// <summary>The timeouts and the clock of the HTTP client.</summary>
/// <param name="Time">The clock.</param>
/// <param name="RequestTimeout">How long to wait for a response before the request counts as unanswered.</param>
internal sealed record HttpTiming(TimeProvider Time, TimeSpan RequestTimeout)
{
    private const int MostDoublings = 10;

    /// <summary>How long after a connection of a watch was opened, or could not be, the next one is opened at the earliest.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a watch may receive nothing before its connection counts as dead. A silo sends a comment every 15 seconds.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How often a server is asked whether it lives while there is a watch of it and another server to go to.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromMilliseconds(70);

    /// <summary>How long each of several servers may take to open a watch. It is twice as long whenever none of them could.</summary>
    public TimeSpan FirstOpening { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a server may take to open a watch.</summary>
    /// <param name="servers">How many servers there are. A single one has as long as for any request: there is nowhere else to go.</param>
    /// <param name="failed">How many times in a row no server could.</param>
    public TimeSpan Opening(int servers, int failed)
    {
        var opening = FirstOpening * (1 << Math.Min(failed, MostDoublings));
        return servers == 1 || opening > RequestTimeout ? RequestTimeout : opening;
    }
}
