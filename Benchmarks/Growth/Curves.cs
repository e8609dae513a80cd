using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Benchmarks.Growth;

/// <summary>Collects plots of values that are measured for several sizes.</summary>
/// <param name="xLabel">The label of the quantity that grows.</param>
/// <param name="logX">Whether the x axis is logarithmic.</param>
internal sealed class Curves(string xLabel, bool logX)
{
    private readonly Dictionary<(string Plot, string Name), (string Unit, List<Point> Points)> _lines = [];

    /// <summary>Adds a point to a line of a plot.</summary>
    /// <param name="plot">The title of the plot.</param>
    /// <param name="name">The name of the line.</param>
    /// <param name="unit">The label of the y axis.</param>
    /// <param name="size">The size, which is the x value.</param>
    /// <param name="value">The measured value.</param>
    public void Add(string plot, string name, string unit, double size, double value)
    {
        if (!_lines.TryGetValue((plot, name), out var line))
            _lines[(plot, name)] = line = (unit, []);
        line.Points.Add(new Point(size, value));
    }

    /// <summary>Gets the value that was added for a size.</summary>
    public double ValueAt(string plot, string name, double size) => _lines[(plot, name)].Points.First(point => point.X.Equals(size)).Y;

    /// <summary>Gets the lines in the order of their first points.</summary>
    public IEnumerable<Series> ToSeries() =>
        _lines.Select(line => new Series(line.Key.Name, xLabel, line.Value.Unit, [.. line.Value.Points], logX) { Plot = line.Key.Plot });
}
