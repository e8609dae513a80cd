namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Draws lines over common axes. Each line has marks of a different shape.</summary>
internal static class LinePlot
{
    private const int Width = 760;
    private const int Height = 330;
    private const int Left = 90;
    private const int Right = 715;
    private const int Top = 30;
    private const int Bottom = 260;
    private const int LegendHeight = 20;

    /// <param name="id">An id that is unique in the page.</param>
    /// <param name="title">The heading.</param>
    /// <param name="series">The lines. The labels of the first one label the axes.</param>
    public static HtmlText Of(string id, string title, ImmutableArray<Series> series)
    {
        var lines = series.Select(line => line with { Points = [.. line.Points.Where(point => IsDrawable(point, line.LogX))] }).ToImmutableArray();
        var points = lines.SelectMany(line => line.Points).ToImmutableArray();
        if (points.IsEmpty)
            return HtmlText.Of($"<p>{title}: nothing was measured.</p>\n");
        var x = new Axis(points.Min(point => point.X), points.Max(point => point.X), Left, Right, lines[0].LogX);
        var y = Axis.FromZero(points.Max(point => point.Y), Bottom, Top);
        var drawing = Marks(x, y, points)
            .Append(Labels(lines[0]))
            .Concat(lines.Select((line, index) => Line(line, index, x, y)))
            .Concat(lines.Select((line, index) => Legend(line, index)));
        return Figure.Of(id, title, string.Join(". ", lines.Select(Describe)), Width, Height + LegendHeight * lines.Length, drawing);
    }

    private static bool IsDrawable(Point point, bool logX) => double.IsFinite(point.X) && double.IsFinite(point.Y) && point.Y >= 0 && (!logX || point.X > 0);

    private static IEnumerable<HtmlText> Marks(Axis x, Axis y, ImmutableArray<Point> points) =>
        y.RoundMarks().Select(value => HtmlText.Of($"""
            <line class="grid" x1="{Left}" x2="{Right}" y1="{y.At(value)}" y2="{y.At(value)}"/>
            <text class="faint" x="{Left - 8}" y="{y.At(value) + 4}" text-anchor="end">{Figures.Plain(value)}</text>

            """)).Concat(x.Marks(points.Select(point => point.X).Distinct().Order()).Select(value => HtmlText.Of($"""
            <text class="faint" x="{x.At(value)}" y="{Bottom + 18}" text-anchor="middle">{Figures.Plain(value)}</text>

            """)));

    private static HtmlText Labels(Series line) => HtmlText.Of($"""
        <text class="faint" x="{(Left + Right) / 2.0}" y="{Bottom + 40}" text-anchor="middle">{line.XLabel}{(line.LogX ? " (logarithmic)" : "")}</text>
        <text class="faint" x="0" y="14">{line.YLabel}</text>

        """);

    private static HtmlText Line(Series line, int index, Axis x, Axis y)
    {
        var corners = line.Points.Select(point => HtmlText.Of($"{x.At(point.X)},{y.At(point.Y)} "));
        var marks = line.Points.Select(point => PlotMark.Of(index, x.At(point.X), y.At(point.Y), $"{line.Name}: {Figures.Plain(point.Y)} at {Figures.Plain(point.X)}"));
        return HtmlText.Of($"<polyline class=\"line {Palette.Class(index)}\" points=\"{corners}\"/>\n{marks}");
    }

    private static HtmlText Legend(Series line, int index)
    {
        var top = Height + LegendHeight * index;
        return HtmlText.Of($"{PlotMark.Of(index, Left + 6, top - 4, line.Name)}<text x=\"{Left + 18}\" y=\"{top}\">{line.Name}</text>\n");
    }

    private static string Describe(Series line) =>
        $"{line.Name}, {line.YLabel} by {line.XLabel}: {string.Join(", ", line.Points.Select(point => $"{Figures.Plain(point.Y)} at {Figures.Plain(point.X)}"))}";
}
