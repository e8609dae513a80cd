namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Draws the operations per second of one scenario: a bar for each target and number of clients.</summary>
internal static class BarPlot
{
    private const int Width = 820;
    private const int BarHeight = 18;
    private const int RowHeight = 24;
    private const int HeadingHeight = 26;
    private const int LabelWidth = 240;
    private const int LongestBar = 270;
    private const int Gap = 8;
    private const int TextDrop = 13;

    /// <param name="id">An id that is unique in the page.</param>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="measurements">Its measurements. Several rounds of the same run are shown as their median.</param>
    /// <param name="targets">All targets of the page, so that a target has the same colour everywhere.</param>
    public static HtmlText Of(string id, string scenario, ImmutableArray<Measurement> measurements, ImmutableArray<string> targets)
    {
        var groups = measurements
            .GroupBy(measurement => (measurement.Clients, measurement.ValueBytes))
            .Select(group => (Heading: Heading(group.Key.Clients, group.Key.ValueBytes), Bars: group.GroupBy(each => each.Target).Select(Median).ToImmutableArray()))
            .ToImmutableArray();
        var longest = groups.SelectMany(group => group.Bars).Max(bar => bar.OperationsPerSecond);
        var pieces = new List<HtmlText>();
        double top = 0;
        foreach (var (heading, bars) in groups)
        {
            pieces.Add(HtmlText.Of($"<text class=\"heading\" x=\"0\" y=\"{top + TextDrop + 4}\">{heading}</text>\n"));
            top += HeadingHeight;
            foreach (var bar in bars)
            {
                pieces.Add(Bar(bar, top, longest > 0 ? bar.OperationsPerSecond / longest : 0, targets.IndexOf(bar.Target)));
                top += RowHeight;
            }
        }

        var description = string.Join("; ", groups.SelectMany(group => group.Bars.Select(bar => $"{group.Heading}, {bar.Target}: {Figures.Whole(bar.OperationsPerSecond)} operations/s")));
        return Figure.Of(id, $"{scenario}: operations/s", description, Width, top, pieces);
    }

    private static string Heading(int clients, int valueBytes) =>
        $"{Figures.Whole(clients)} {(clients == 1 ? "client" : "clients")}, values of {Figures.Whole(valueBytes)} bytes";

    private static HtmlText Bar(Measurement bar, double top, double share, int color)
    {
        var length = LongestBar * share;
        var text = $"{Figures.Whole(bar.OperationsPerSecond)}/s, p50 {Figures.Milliseconds(bar.Latencies.P50)} ms, p99 {Figures.Milliseconds(bar.Latencies.P99)} ms";
        return HtmlText.Of($"""
            <text x="{LabelWidth - Gap}" y="{top + TextDrop}" text-anchor="end">{bar.Target}</text>
            <rect class="bar {Palette.Class(color)}" x="{LabelWidth}" y="{top}" width="{Math.Max(1, length)}" height="{BarHeight}" rx="2"/>
            <text x="{LabelWidth + length + Gap}" y="{top + TextDrop}">{text}</text>

            """);
    }

    private static Measurement Median(IGrouping<string, Measurement> rounds)
    {
        var sorted = rounds.OrderBy(round => round.OperationsPerSecond).ToArray();
        return sorted[sorted.Length / 2];
    }
}
