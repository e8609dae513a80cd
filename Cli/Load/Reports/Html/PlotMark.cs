namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>The mark of a point. Each line of a plot has another shape, so that lines are told apart without their colours.</summary>
internal static class PlotMark
{
    private const double Size = 4.5;

    /// <param name="line">Which line of the plot.</param>
    /// <param name="x">Where along.</param>
    /// <param name="y">Where down.</param>
    /// <param name="text">What a pointer that rests on it is told.</param>
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
