namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>The managed memory of this process.</summary>
internal static class SiloMemory
{
    private const double Settled = 0.99;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What is in use, without garbage.</summary>
    public static long Bytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>What is in use once it falls no more: when idle grains have been let go.</summary>
    /// <param name="atLeast">How long to wait in any case.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<long> SettledBytesAsync(TimeSpan atLeast, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        await Task.Delay(atLeast, TimeProvider.System, cancellationToken);
        for (var before = Bytes(); ;)
        {
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
            var now = Bytes();
            if (now > before * Settled || TimeProvider.System.GetElapsedTime(started) > Patience)
                return now;
            before = now;
        }
    }
}
