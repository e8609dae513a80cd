namespace Orleans.Paxos.Benchmarks;

/// <summary>How cost grows: with acceptors, values, history and registers.</summary>
internal static class GrowthRun
{
    /// <summary>Measures it all.</summary>
    /// <param name="session">The run.</param>
    public static async Task RunAsync(Session session)
    {
        await AcceptorGrowth.RunAsync(session);
        await ValueGrowth.RunAsync(session);
        await HistoryGrowth.RunAsync(session);
        await RegisterGrowth.RunAsync(session);
    }
}
