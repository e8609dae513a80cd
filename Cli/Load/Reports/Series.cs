namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>A line of a plot.</summary>
/// <param name="Name">What the line shows.</param>
/// <param name="XLabel">What runs along, with its unit.</param>
/// <param name="YLabel">What runs up, with its unit.</param>
/// <param name="Points">The points, from left to right.</param>
/// <param name="LogX">Whether the x axis is logarithmic.</param>
public sealed record Series(string Name, string XLabel, string YLabel, ImmutableArray<Point> Points, bool LogX = false)
{
    /// <summary>The plot's title; series of the same plot are drawn together and have the same axes. Null: a plot of its own, with its name.</summary>
    public string? Plot { get; init; }
}

/// <summary>A point of a plot.</summary>
/// <param name="X">How far along.</param>
/// <param name="Y">How far up.</param>
public readonly record struct Point(double X, double Y);
