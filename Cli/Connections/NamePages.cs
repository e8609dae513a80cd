using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Lists names page by page, so that the whole list never has to fit in memory.</summary>
internal static class NamePages
{
    private const int PageNames = 1000;

    /// <summary>All names that start with a prefix.</summary>
    public static async Task<ImmutableArray<string>> ReadAllAsync(IRegisterClient registers, string prefix, CancellationToken cancellationToken)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var page in ReadAsync(registers, prefix, "", int.MaxValue, cancellationToken))
            names.AddRange(page);
        return names.ToImmutable();
    }

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
