namespace Orleans.Paxos.Cli.CommandLine;

/// <summary>Measures how similar two words are.</summary>
internal static class Spelling
{
    /// <summary>Gets the minimum number of letters to insert, delete, replace or swap with a neighbour to turn one word into the other.</summary>
    public static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
                distances[i, j] = i == 0 || j == 0 ? i + j : Step(distances, left, right, i, j);
        }

        return distances[left.Length, right.Length];
    }

    private static int Step(int[,] distances, string left, string right, int i, int j)
    {
        var replaced = distances[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
        var shortest = Math.Min(replaced, 1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
        var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        return swapped ? Math.Min(shortest, distances[i - 2, j - 2] + 1) : shortest;
    }
}
