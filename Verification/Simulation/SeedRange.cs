using System.Globalization;

namespace Orleans.Paxos.Verification.Simulation;

/// <summary>A range of seeds, both ends included.</summary>
internal readonly record struct SeedRange(long First, long Last)
{
    /// <summary>Parses <c>A-B</c> or a single seed.</summary>
    public static bool TryParse(string text, out SeedRange range)
    {
        var parts = text.Split('-');
        range = default;
        if (parts.Length > 2 || !TryParseSeed(parts[0], out var first) || !TryParseSeed(parts[^1], out var last) || last < first)
            return false;
        range = new SeedRange(first, last);
        return true;
    }

    public IEnumerable<long> Seeds()
    {
        for (var seed = First; seed <= Last; seed++)
            yield return seed;
    }

    private static bool TryParseSeed(string text, out long seed) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed) && seed < long.MaxValue;
}
