using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Cli.Connections;

/// <summary>Lists registers page by page, so that no list is too long to hold in memory.</summary>
internal static class ListPages
{
    private const int PageSize = 1000;

    /// <summary>Lists all names that start with a prefix.</summary>
    public static async Task<ImmutableArray<string>> AllNamesAsync(IRegisterClient registers, string prefix, CancellationToken cancellationToken)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var page in NamesAsync(registers, prefix, "", int.MaxValue, cancellationToken))
            names.AddRange(page);
        return names.ToImmutable();
    }

    public static IAsyncEnumerable<ImmutableArray<string>> NamesAsync(
        IRegisterClient registers, string prefix, string after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            after,
            limit,
            async (from, count) =>
            {
                var page = await registers.ListPageAsync(prefix, from, count, cancellationToken);
                return (page.Names, page.More);
            },
            static name => name,
            cancellationToken);

    public static IAsyncEnumerable<ImmutableArray<NamedEntry>> EntriesAsync(
        IRegisterClient registers, string prefix, string after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            after,
            limit,
            async (from, count) =>
            {
                var page = await registers.ListEntriesPageAsync(prefix, from, count, cancellationToken);
                return (page.Entries, page.More);
            },
            static entry => entry.Name,
            cancellationToken);

    private static async IAsyncEnumerable<ImmutableArray<T>> ReadAsync<T>(
        string after,
        int limit,
        Func<string, int, Task<(ImmutableArray<T> Items, bool More)>> read,
        Func<T, string> nameOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var more = true;
        for (var left = limit; left > 0 && more;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (var items, more) = await read(after, Math.Min(left, PageSize));
            if (items.IsEmpty)
                yield break;
            after = nameOf(items[^1]);
            left -= items.Length;
            yield return items;
        }
    }
}
