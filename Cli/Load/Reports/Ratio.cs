namespace Orleans.Paxos.Cli.Load.Reports;

/// <summary>One measured value divided by another, in each of several rounds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Of">What is divided, such as <c>paxos: operations/s</c>.</param>
/// <param name="To">What it is divided by.</param>
/// <param name="Rounds">The ratio of each round, in their order; at least one.</param>
/// <param name="Goal">What it is to be, such as <c>at least 0.25</c>; null if there is no goal.</param>
public sealed record Ratio(string Name, string Of, string To, ImmutableArray<double> Rounds, string? Goal = null)
{
    /// <summary>Whether the goal is reached; null if that was not judged.</summary>
    public bool? Reached { get; init; }

    /// <summary>The median of the rounds: what the ratio is taken to be.</summary>
    public double Value
    {
        get
        {
            var sorted = Rounds.Sort();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>The lowest of the rounds.</summary>
    public double Lowest => Rounds.Min();

    /// <summary>The highest of the rounds.</summary>
    public double Highest => Rounds.Max();
}
