using Orleans.Paxos.Benchmarks.Runs;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Measures how cost grows with acceptors, values, history and registers.</summary>
internal static class GrowthRun
{
    private static readonly (string Name, Func<Session, Task> RunAsync)[] All =
    [
        ("acceptors", AcceptorGrowth.RunAsync),
        ("values", ValueGrowth.RunAsync),
        ("history", HistoryGrowth.RunAsync),
        ("registers", RegisterGrowth.RunAsync),
    ];

    /// <summary>The names of the quantities with which cost may grow.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(growth => growth.Name)];

    /// <summary>Measures the selected quantities.</summary>
    /// <param name="session">The run.</param>
    public static async Task RunAsync(Session session)
    {
        foreach (var growth in All.Where(growth => session.Options.Growth.Contains(growth.Name)))
            await growth.RunAsync(session);
    }
}
