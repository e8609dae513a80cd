using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>Names that the storage itself keeps in order.</summary>
internal sealed class StoredNames(IRegisterStorage registers, string list) : INameList
{
    private const int NamesInAPage = 256;

    private Task? _counting;
    private long _counted;
    private long _addedSinceCount;

    public long Count => _counted + _addedSinceCount;

    /// <summary>Counts a name that has entered or left the list.</summary>
    public void Changed(NameChange change) => _addedSinceCount += change.List != list ? 0 : change.Leaves ? -1 : 1;

    /// <summary>Has the names counted anew: a write of unknown outcome may have added one.</summary>
    public void CountAnew() => _counting = null;

    public Task CountAsync() => _counting is null or { IsFaulted: true } ? _counting = CountAllAsync() : _counting;

    public async IAsyncEnumerable<string> EnumerateAsync(string prefix, string after)
    {
        var first = NameOrder.Instance.Compare(prefix, after) > 0 ? prefix : after;
        while (true)
        {
            var page = await registers.ReadNamesAsync(list, first, NamesInAPage);
            foreach (var name in page)
            {
                if (name == after)
                    continue;
                if (!name.StartsWith(prefix, StringComparison.Ordinal))
                    yield break;
                yield return name;
            }

            if (page.Count < NamesInAPage)
                yield break;
            after = first = page[^1];
        }
    }

    private async Task CountAllAsync()
    {
        _addedSinceCount = 0;
        _counted = await registers.CountNamesAsync(list);
    }
}
