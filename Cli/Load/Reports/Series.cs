namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the line shows.</param>
/// <param name="XLabel">The label of the x axis, with its unit.</param>
/// <param name="YLabel">The label of the y axis, with its unit.</param>
/// <param name="Points">The points, from left to right.</param>
/// <param name="LogX">Whether the x axis is logarithmic.</param>
public sealed record Series(string Name, string XLabel, string YLabel, ImmutableArray<Point> Points, bool LogX = false)
{
    /// <summary>The title of the plot. Series with the same title are drawn together and share their axes. Null means a separate plot, titled with the series' name.</summary>
    public string? Plot { get; init; }
}

/// <summary>A point of a plot.</summary>
/// <param name="X">The x value.</param>
/// <param name="Y">The y value.</param>
public readonly record struct Point(double X, double Y);
