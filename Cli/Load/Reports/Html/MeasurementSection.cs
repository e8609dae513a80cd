namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Writes the measurements: bars for each scenario, a table of all measurements, and the errors.</summary>
internal static class MeasurementSection
{
    public static HtmlText Of(ImmutableArray<Measurement> measurements)
    {
        if (measurements.IsEmpty)
            return HtmlText.Empty;
        var targets = measurements.Select(measurement => measurement.Target).Distinct().ToImmutableArray();
        var scenarios = measurements.GroupBy(measurement => measurement.Scenario);
        return HtmlText.Of($"""
            <section>
            <h2>Operations a second</h2>
            {scenarios.Select((scenario, index) => BarPlot.Of($"bars-{index}", scenario.Key, [.. scenario], targets))}
            </section>
            <section>
            <h2>Measurements</h2>
            <div class="wide">
            <table>
            <caption>Latencies are in milliseconds. The loop is closed: each client has one operation at a time.</caption>
            <thead><tr><th scope="col">scenario</th><th scope="col">target</th>{Headings.Select(heading => HtmlText.Of($"<th scope=\"col\" class=\"number\">{heading}</th>"))}</tr></thead>
            <tbody>
            {measurements.Select(Row)}
            </tbody>
            </table>
            </div>
            {Failures(measurements)}
            </section>
            """);
    }

    private static readonly ImmutableArray<string> Headings =
        ["clients", "value (bytes)", "round", "operations/s", "p50 (ms)", "p90 (ms)", "p99 (ms)", "p99.9 (ms)", "max (ms)", "errors", "time (s)", "processor (µs/operation)"];

    private static HtmlText Row(Measurement measurement)
    {
        string[] cells =
        [
            Figures.Whole(measurement.Clients),
            Figures.Whole(measurement.ValueBytes),
            Figures.Whole(measurement.Round),
            Figures.Whole(measurement.OperationsPerSecond),
            Figures.Milliseconds(measurement.Latencies.P50),
            Figures.Milliseconds(measurement.Latencies.P90),
            Figures.Milliseconds(measurement.Latencies.P99),
            Figures.Milliseconds(measurement.Latencies.P999),
            Figures.Milliseconds(measurement.Latencies.Max),
            Figures.Whole(measurement.ErrorCount),
            Figures.Plain(measurement.ElapsedSeconds),
            measurement.ProcessorMicrosecondsPerOperation is { } microseconds ? Figures.Whole(microseconds) : "",
        ];
        return HtmlText.Of(
            $"<tr><th scope=\"row\">{measurement.Scenario}</th><td>{measurement.Target}</td>{cells.Select(cell => HtmlText.Of($"<td class=\"number\">{cell}</td>"))}</tr>\n");
    }

    private static HtmlText Failures(ImmutableArray<Measurement> measurements)
    {
        var failed = measurements.Where(measurement => measurement.ErrorCount > 0).ToImmutableArray();
        return failed.IsEmpty ? HtmlText.Empty : HtmlText.Of($"<h3>Errors</h3>\n<ul>\n{failed.SelectMany(measurement => measurement.Errors.Select(error => Failure(measurement, error)))}</ul>\n");
    }

    private static HtmlText Failure(Measurement measurement, ErrorCount error) => HtmlText.Of(
        $"<li>{measurement.Scenario}, {measurement.Target}, {Figures.Whole(measurement.Clients)} clients: {Figures.Whole(error.Count)} × {error.Kind}, such as: {error.Sample}</li>\n");
}
