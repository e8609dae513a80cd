using System.Globalization;
using Orleans.Paxos.Cli.Load.Reports;

namespace Orleans.Paxos.Benchmarks.Reports;

/// <summary>A goal for the ratio of two figures.</summary>
/// <param name="Name">The name of the ratio.</param>
/// <param name="Of">The dividend.</param>
/// <param name="To">The divisor.</param>
/// <param name="Bound">The bound that the ratio must reach, or must not exceed.</param>
/// <param name="IsLeast">Whether the bound is a minimum rather than a maximum.</param>
internal sealed record Goal(string Name, RoundFigure Of, RoundFigure To, double Bound, bool IsLeast)
{
    public static Goal AtLeast(double bound, string name, RoundFigure of, RoundFigure to) => new(name, of, to, bound, IsLeast: true);

    public static Goal AtMost(double bound, string name, RoundFigure of, RoundFigure to) => new(name, of, to, bound, IsLeast: false);

    /// <summary>Computes the ratio over all rounds that have both figures; null when no round has both. The goal is reached when the median reaches it.</summary>
    /// <param name="measurements">All measurements.</param>
    public Ratio? Judge(IEnumerable<Measurement> measurements)
    {
        ImmutableArray<double> rounds = [.. measurements
            .GroupBy(measurement => measurement.Round)
            .OrderBy(round => round.Key)
            .Select(round => Of.Of([.. round]) / To.Of([.. round]))
            .OfType<double>()
            .Where(double.IsFinite)];
        if (rounds.IsEmpty)
            return null;
        var text = string.Create(CultureInfo.InvariantCulture, $"at {(IsLeast ? "least" : "most")} {Bound}");
        var ratio = new Ratio(Name, Of.Name, To.Name, rounds, text);
        return ratio with { Reached = IsLeast ? ratio.Value >= Bound : ratio.Value <= Bound };
    }
}
