namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>The ratio of two measured values in each of several rounds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">The dividend, such as <c>paxos: operations/s</c>.</param>
/// <param name="To">The divisor.</param>
/// <param name="Rounds">The ratio of each round, in order; at least one.</param>
/// <param name="Goal">The goal, such as <c>at least 0.25</c>; null when there is none.</param>
public sealed record Ratio(string Name, string Of, string To, ImmutableArray<double> Rounds, string? Goal = null)
{
    /// <summary>Whether the goal is reached; null when it was not evaluated.</summary>
    public bool? Reached { get; init; }

    /// <summary>The median of the rounds, which is used as the value of the ratio.</summary>
    public double Value
    {
        get
        {
            var sorted = Rounds.Sort();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>The lowest ratio of the rounds.</summary>
    public double Lowest => Rounds.Min();

    /// <summary>The highest ratio of the rounds.</summary>
    public double Highest => Rounds.Max();
}
