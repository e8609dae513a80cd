namespace Orleans.Paxos.Benchmarks.Locks;

/// <summary>Opens and closes many sessions, some side by side.</summary>
internal static class ManySessions
{
    /// <summary>How many are opened, or closed, side by side.</summary>
    public const int SideBySide = 64;

    /// <summary>Opens sessions.</summary>
    public static async Task<ISession[]> OpenAsync(ICoordination coordination, int count, SessionOptions options, CancellationToken cancellationToken)
    {
        var sessions = new ISession[count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
            async (index, stop) => sessions[index] = await coordination.OpenSessionAsync(options, stop));
        return sessions;
    }

    /// <summary>Closes sessions.</summary>
    public static Task CloseAsync(IEnumerable<ISession> sessions) =>
        Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = SideBySide }, static (session, _) => session.DisposeAsync());
}
