using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Lists names page by page, so that the whole list never has to fit in memory.</summary>
internal static class NamePages
{
    private const int PageNames = 1000;

    public static async IAsyncEnumerable<ImmutableArray<string>> ReadAsync(
        IRegisterClient registers,
        string prefix,
        string after,
        int limit,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new NamePage([], More: true);
        for (var left = limit; left > 0 && page.More; left -= page.Names.Length)
        {
            page = await registers.ListPageAsync(prefix, after, Math.Min(left, PageNames), cancellationToken);
            if (page.Names.IsEmpty)
                yield break;
            after = page.Names[^1];
            yield return page.Names;
        }
    }
}
