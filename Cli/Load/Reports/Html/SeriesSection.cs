namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Draws a plot for each group of related series.</summary>
internal static class SeriesSection
{
    public static HtmlText Of(ImmutableArray<Series> series) => series.IsEmpty
        ? HtmlText.Empty
        : HtmlText.Of($"""
            <section>
            <h2>How it grows</h2>
            {series.GroupBy(line => line.Plot ?? line.Name).Select((plot, index) => LinePlot.Of($"lines-{index}", plot.Key, [.. plot]))}
            </section>
            """);
}
