using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Client.Registers;

/// <summary>Lists, page by page.</summary>
internal static class RegisterListExtensions
{
    private const int PageSize = 1000;

    /// <summary>The names of all registers below a prefix that have a value.</summary>
    public static async IAsyncEnumerable<string> ListNamesAsync(
        this IRegisterClient registers, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NamePage page;
        var after = "";
        do
        {
            page = await registers.ListPageAsync(prefix, after, PageSize, cancellationToken);
            foreach (var name in page.Names)
                yield return after = name;
        }
        while (page.More);
    }

    /// <summary>All registers below a prefix that have a value, with their newest entries.</summary>
    public static async IAsyncEnumerable<NamedEntry> ListEntriesAsync(
        this IRegisterClient registers, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EntryPage page;
        var after = "";
        do
        {
            page = await registers.ListEntriesPageAsync(prefix, after, PageSize, cancellationToken);
            foreach (var entry in page.Entries)
            {
                after = entry.Name;
                yield return entry;
            }
        }
        while (page.More);
    }
}
