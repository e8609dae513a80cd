namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>Formats measurements as plain text in aligned columns.</summary>
public static class MeasurementTable
{
    private const int ScenarioWidth = 18;
    private const int TargetWidth = 20;

    private static readonly ImmutableArray<Column> Columns =
    [
        new("clients", 7, measurement => Figures.Whole(measurement.Clients)),
        new("operations/s", 13, measurement => Figures.Whole(measurement.OperationsPerSecond)),
        new("p50 ms", 10, measurement => Figures.Milliseconds(measurement.Latencies.P50)),
        new("p90 ms", 10, measurement => Figures.Milliseconds(measurement.Latencies.P90)),
        new("p99 ms", 10, measurement => Figures.Milliseconds(measurement.Latencies.P99)),
        new("p99.9 ms", 10, measurement => Figures.Milliseconds(measurement.Latencies.P999)),
        new("max ms", 10, measurement => Figures.Milliseconds(measurement.Latencies.Max)),
        new("errors", 9, measurement => Figures.Whole(measurement.ErrorCount)),
    ];

    /// <summary>Gets the header line.</summary>
    public static string Header => Line("scenario", "target", column => column.Heading);

    /// <summary>Formats the line of a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <returns>The line, without a line break.</returns>
    public static string Row(Measurement measurement) => Line(measurement.Scenario, measurement.Target, column => column.Text(measurement));

    private static string Line(string scenario, string target, Func<Column, string> cell) =>
        $"{scenario.PadRight(ScenarioWidth)} {target.PadRight(TargetWidth)}{string.Concat(Columns.Select(column => " " + cell(column).PadLeft(column.Width)))}";

    private sealed record Column(string Heading, int Width, Func<Measurement, string> Text);
}
