namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Measures the managed memory of this process.</summary>
internal static class SiloMemory
{
    private const double Settled = 0.99;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Gets the bytes in use, without garbage.</summary>
    public static long Bytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Gets the bytes in use once they no longer fall, because idle grains have been deactivated.</summary>
    /// <param name="atLeast">The minimum time to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
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
