using System.Runtime.CompilerServices;

namespace Orleans.Paxos.Tests.Coordination.World;

/// <summary>The registers as one process reaches them: with a delay, or not at all.</summary>
internal sealed class ProcessRegisters(MemoryRegisters registers, TimeProvider time) : IRegisterClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long a message takes in one direction.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>While set, no majority answers.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>While set, changes take effect and nobody is told.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>While set, a change does not arrive before it ends.</summary>
    public Task? Holding { get; set; }

    /// <summary>The changes and reads that were sent.</summary>
    public List<string> Sent { get; } = [];

    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        Sent.Add($"{change.Kind} {name}");
        var floor = options?.Floor ?? registers.StateOf(name).Version;
        var request = new ChangeRequest(options?.RequestId ?? UniqueId.New(), change, time.GetUtcNow(), floor);
        if (Holding is { } holding)
            await holding.WaitAsync(Patience, time, cancellationToken);
        await ReachAsync(cancellationToken);
        var outcome = registers.Change(name, request);
        if (LosesAnswers)
        {
            await Task.Delay(Patience, time, cancellationToken);
            throw new OutcomeUnknownException(request.RequestId, floor, "The answer was lost.");
        }

        await Task.Delay(Delay, time, cancellationToken);
        return outcome;
    }

    public async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default)
    {
        Sent.Add($"Read {name}");
        await ReachAsync(cancellationToken);
        var entry = registers.StateOf(name).Newest;
        await Task.Delay(Delay, time, cancellationToken);
        return entry;
    }

    public async IAsyncEnumerable<WatchBatch> WatchAsync(
        string name, WatchPoint after = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Sent.Add($"Watch {name}");
        var version = after.Version;
        while (true)
        {
            if (!IsCutOff && registers.StateOf(name) is var state && state.Version > version)
            {
                version = state.Version;
                await Task.Delay(Delay, time, cancellationToken);
                yield return new WatchBatch([state.Newest!], 0);
            }
            else
            {
                await Task.WhenAny(registers.Changed, Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken)).WaitAsync(cancellationToken);
            }
        }
    }

    public async Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        await ReachAsync(cancellationToken);
        var names = registers.Names.Where(name => RegisterName.IsBelow(name, prefix) && string.CompareOrdinal(name, after) > 0).ToList();
        return new EntryPage([.. names.Take(limit).Select(name => new NamedEntry(name, registers.StateOf(name).Newest!))], More: names.Count > limit);
    }

    public async Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        var page = await ListEntriesPageAsync(prefix, after, limit, cancellationToken);
        return new NamePage([.. page.Entries.Select(static each => each.Name)], page.More);
    }

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private async Task ReachAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Delay, time, cancellationToken);
        if (!IsCutOff)
            return;
        await Task.Delay(TimeSpan.FromSeconds(3), time, cancellationToken);
        throw new QuorumUnavailableException([], 2);
    }
}
