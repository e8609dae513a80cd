using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Tests.Client.Fakes;

/// <summary>One register and a list of names, in memory.</summary>
internal sealed class OneRegisterClient : IRegisterClient
{
    public RegisterEntry? Newest { get; set; }

    /// <summary>The answer to every change, if set.</summary>
    public ChangeOutcome? Answer { get; set; }

    public List<(Change Change, ChangeOptions? Options)> Changes { get; } = [];

    public ImmutableArray<RegisterEntry> Entries { get; set; } = [];

    public ImmutableArray<string> Names { get; set; } = [];

    public int Pages { get; private set; }

    public Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        Changes.Add((change, options));
        if (Answer is not null)
            return Task.FromResult(Answer);
        Newest = Answers.Entry((Newest?.Version ?? 0) + 1) with { Value = change.Value, Deleted = change.Kind == ChangeKind.Delete };
        return Task.FromResult(new ChangeOutcome(ChangeStatus.Applied, Newest, Newest.Version, Newest.Version));
    }

    public Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default) =>
        Task.FromResult(Newest);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default) => Task.FromResult(Entries);

    public async IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new WatchBatch([.. Entries.Where(entry => entry.Version > after.Version)], 0);
    }

    public async IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new PrefixBatch([.. Names.Select(name => new PrefixEvent(name, new WatchBatch(Entries, 0)))], "c", Begins: true, Listed: true);
    }

    public Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        Pages++;
        var names = Names.Where(name => string.CompareOrdinal(name, after) > 0).ToList();
        return Task.FromResult(new NamePage([.. names.Take(limit)], names.Count > limit));
    }

    public async Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        var page = await ListPageAsync(prefix, after, limit, cancellationToken);
        return new EntryPage([.. page.Names.Select(name => new NamedEntry(name, Newest!))], page.More);
    }

    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
