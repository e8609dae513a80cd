namespace Orleans.Paxos.Verification.Simulation.World;

/// <summary>How long a message takes from one place to another at least: 1 to 100 ms, each way the same, each pair of places another.</summary>
internal sealed class Distances(Dice dice)
{
    private const double Nearest = 1;
    private const double Farthest = 100;

    private readonly Dictionary<(string, string), TimeSpan> _between = [];

    public TimeSpan Between(string from, string to)
    {
        var pair = string.CompareOrdinal(from, to) < 0 ? (from, to) : (to, from);
        if (!_between.TryGetValue(pair, out var distance))
            _between.Add(pair, distance = TimeSpan.FromMilliseconds(dice.Spread(Nearest, Farthest)));
        return distance;
    }
}
