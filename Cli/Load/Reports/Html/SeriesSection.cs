namespace Orleans.Paxos.Load;

/// <summary>A plot for each group of series that belong together.</summary>
internal static class SeriesSection
{
    public static Markup Of(ImmutableArray<Series> series) => series.IsEmpty
        ? Markup.Empty
        : Markup.Of($"""
            <section>
            <h2>How it grows</h2>
            {series.GroupBy(line => line.Plot ?? line.Name).Select((plot, index) => LinePlot.Of($"lines-{index}", plot.Key, [.. plot]))}
            </section>
            """);
}
