using Orleans.Paxos.Storage;

namespace Orleans.Paxos.Acceptors;

/// <summary>A page of an index of names as it was last read or written.</summary>
internal sealed class OpenPage(Guid id, RecordCell<IndexPage> cell)
{
    public Guid Id => id;

    public IndexPage Value => cell.Value;

    /// <summary>Writes the page, unless another writer has changed it.</summary>
    public Task WriteAsync(IndexPage value) => cell.WriteAsync(value);

    /// <summary>Removes the page, unless another writer has changed it. It can no longer be used.</summary>
    public Task ClearAsync() => cell.ClearAsync();
}

/// <summary>A page is not there. Whoever held a way to it goes there anew from the root: the page was given back meanwhile.</summary>
internal sealed class LostPageException(Guid id) : Exception(
    $"The page {id:N} of the index of names is not in the storage. If that lasts, the storage has lost it, and names may be missing: restore the storage or replace the acceptor.");
