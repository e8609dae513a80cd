namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>Draws the mark of a point. Each line of a plot has a different shape, so that lines can be told apart without colours.</summary>
internal static class PlotMark
{
    private const double Size = 4.5;

    /// <param name="line">The index of the line in the plot.</param>
    /// <param name="x">The horizontal position.</param>
    /// <param name="y">The vertical position.</param>
    /// <param name="text">The tooltip.</param>
    public static HtmlText Of(int line, double x, double y, string text) =>
        HtmlText.Of($"<path class=\"mark {Palette.Class(line)}\" d=\"{Shape(line % 4, x, y)}\"><title>{text}</title></path>\n");

    private static HtmlText Shape(int shape, double x, double y) => shape switch
    {
        0 => HtmlText.Of($"M{x - Size} {y}a{Size} {Size} 0 1 0 {2 * Size} 0a{Size} {Size} 0 1 0 {-2 * Size} 0z"),
        1 => HtmlText.Of($"M{x - Size} {y - Size}h{2 * Size}v{2 * Size}h{-2 * Size}z"),
        2 => HtmlText.Of($"M{x} {y - Size}l{Size} {2 * Size}h{-2 * Size}z"),
        _ => HtmlText.Of($"M{x} {y - Size}l{Size} {Size}l{-Size} {Size}l{-Size} {-Size}z"),
    };
}
