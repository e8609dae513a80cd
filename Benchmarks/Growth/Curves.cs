using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Plots of what is measured for each of several sizes.</summary>
/// <param name="xLabel">What grows.</param>
/// <param name="logX">Whether it grows by factors.</param>
internal sealed class Curves(string xLabel, bool logX)
{
    private readonly Dictionary<(string Plot, string Name), (string Unit, List<Point> Points)> _lines = [];

    /// <summary>Adds a point to a line of a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">The line.</param>
    /// <param name="unit">What runs up.</param>
    /// <param name="size">How large what grows is.</param>
    /// <param name="value">What was measured.</param>
    public void Add(string plot, string name, string unit, double size, double value)
    {
        if (!_lines.TryGetValue((plot, name), out var line))
            _lines[(plot, name)] = line = (unit, []);
        line.Points.Add(new Point(size, value));
    }

    /// <summary>What was added for a size.</summary>
    public double ValueAt(string plot, string name, double size) => _lines[(plot, name)].Points.First(point => point.X.Equals(size)).Y;

    /// <summary>The lines, in the order in which they were begun.</summary>
    public IEnumerable<Series> ToSeries() =>
        _lines.Select(line => new Series(line.Key.Name, xLabel, line.Value.Unit, [.. line.Value.Points], logX) { Plot = line.Key.Plot });
}
