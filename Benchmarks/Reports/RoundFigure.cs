using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Reports;

/// <summary>One figure of a round.</summary>
/// <param name="Name">The name of the figure, with its unit.</param>
/// <param name="Of">Gets the figure from the round's measurements; null when it was not measured.</param>
internal sealed record RoundFigure(string Name, Func<IReadOnlyList<Measurement>, double?> Of)
{
    /// <summary>Operations per second.</summary>
    public static RoundFigure Rate(ILoadTarget target, string scenario, int clients) =>
        Measured(target, scenario, clients, "operations/s", measurement => measurement.OperationsPerSecond);

    /// <summary>The median latency.</summary>
    public static RoundFigure P50(ILoadTarget target, string scenario, int clients) =>
        Measured(target, scenario, clients, "p50 ms", measurement => measurement.Latencies.P50);

    /// <summary>The 99th percentile of the latency.</summary>
    public static RoundFigure P99(ILoadTarget target, string scenario, int clients) =>
        Measured(target, scenario, clients, "p99 ms", measurement => measurement.Latencies.P99);

    /// <summary>A given number, which is not measured.</summary>
    public static RoundFigure Given(double value, string name) => new(name, _ => value);

    /// <summary>Formats a number of clients in words.</summary>
    public static string Clients(int clients) => clients == 1 ? "1 client" : $"{clients} clients";

    private static RoundFigure Measured(ILoadTarget target, string scenario, int clients, string unit, Func<Measurement, double> of) => new(
        $"{target.Name}: {unit}, {scenario}, {Clients(clients)}",
        round => round.FirstOrDefault(one => (one.Target, one.Scenario, one.Clients) == (target.Name, scenario, clients)) is { } found ? of(found) : null);
}
