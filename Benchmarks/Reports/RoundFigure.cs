using Orleans.Paxos.Cli.Load.Reports;
using Orleans.Paxos.Cli.Load.Targets;

namespace Orleans.Paxos.Benchmarks.Reports;

/// <summary>One number of a round.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Of">Takes it from the round's measurements; null where it was not measured.</param>
internal sealed record RoundFigure(string Name, Func<IReadOnlyList<Measurement>, double?> Of)
{
    /// <summary>Operations a second.</summary>
    public static RoundFigure Rate(ILoadTarget target, string scenario, int clients) =>
        Measured(target, scenario, clients, "operations/s", measurement => measurement.OperationsPerSecond);

    /// <summary>The latency that half of the operations stay under.</summary>
    public static RoundFigure P50(ILoadTarget target, string scenario, int clients) =>
        Measured(target, scenario, clients, "p50 ms", measurement => measurement.Latencies.P50);

    /// <summary>The latency that 99% of the operations stay under.</summary>
    public static RoundFigure P99(ILoadTarget target, string scenario, int clients) =>
        Measured(target, scenario, clients, "p99 ms", measurement => measurement.Latencies.P99);

    /// <summary>A number that is not measured.</summary>
    public static RoundFigure Given(double value, string name) => new(name, _ => value);

    /// <summary>A number of clients in words.</summary>
    public static string Clients(int clients) => clients == 1 ? "1 client" : $"{clients} clients";

    private static RoundFigure Measured(ILoadTarget target, string scenario, int clients, string unit, Func<Measurement, double> of) => new(
        $"{target.Name}: {unit}, {scenario}, {Clients(clients)}",
        round => round.FirstOrDefault(one => (one.Target, one.Scenario, one.Clients) == (target.Name, scenario, clients)) is { } found ? of(found) : null);
}
