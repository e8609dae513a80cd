namespace Orleans.Paxos.Storage;

/// <summary>Orders names by their bytes in UTF-8, which is the order of their code points.</summary>
internal sealed class NameOrder : IComparer<string>
{
    public static NameOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        return common < left.Length && common < right.Length
            ? CodePointRank(left[common]).CompareTo(CodePointRank(right[common]))
            : left.Length.CompareTo(right.Length);
    }

    /// <summary>Ranks surrogates last. In UTF-16 they are below U+E000, but they stand for U+10000 and up.</summary>
    private static int CodePointRank(char unit) =>
        char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
