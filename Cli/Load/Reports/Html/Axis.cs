namespace Orleans.Paxos.Cli.Load.Reports.Html;

/// <summary>An axis of a plot: maps values to positions and selects the values to mark.</summary>
/// <param name="From">The value at its start.</param>
/// <param name="To">The value at its end.</param>
/// <param name="Start">The position of its start, in pixels.</param>
/// <param name="End">The position of its end, in pixels.</param>
/// <param name="Log">Whether the scale is logarithmic.</param>
internal sealed record Axis(double From, double To, double Start, double End, bool Log = false)
{
    /// <summary>The minimum distance between marks, in pixels, at which their labels do not overlap.</summary>
    private const double LeastDistance = 55;

    private const int Steps = 5;

    public double At(double value) => Start + (End - Start) * Share(value);

    /// <summary>Gets the given values as marks, without those that are too close to the previous mark.</summary>
    public IEnumerable<double> Marks(IEnumerable<double> values)
    {
        var last = double.NegativeInfinity;
        foreach (var value in values.Where(value => At(value) - last >= LeastDistance))
        {
            last = At(value);
            yield return value;
        }
    }

    /// <summary>Creates an axis from zero to a round number that is at least the highest value.</summary>
    public static Axis FromZero(double highest, double start, double end) => new(0, RoundStep(highest) * Math.Max(1, Math.Ceiling(highest / RoundStep(highest))), start, end);

    /// <summary>Gets the round numbers from the start of the axis to its end.</summary>
    public IEnumerable<double> RoundMarks()
    {
        var step = RoundStep(To);
        for (var count = 0; count * step <= To * 1.0001; count++)
            yield return count * step;
    }

    private double Share(double value) => (Log, To > From) switch
    {
        (_, false) => 0.5,
        (true, _) => Math.Log(value / From) / Math.Log(To / From),
        _ => (value - From) / (To - From),
    };

    /// <summary>Gets 1, 2 or 5 times a power of ten, so that the axis has about five steps.</summary>
    private static double RoundStep(double highest)
    {
        if (highest <= 0)
            return 1;
        var raw = highest / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
