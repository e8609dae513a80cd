using Orleans.Paxos.Client.Calls;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Registers;

/// <summary>Sends an application's calls to the registers, and bypasses gateways and grains that do not answer.</summary>
/// <param name="gateways">The gateways.</param>
/// <param name="options">When a call is sent another way, and when it gives up.</param>
/// <param name="time">The clock.</param>
/// <param name="newRequestId">Creates ids of requests.</param>
/// <param name="mayBeReserved">Whether it takes reserved names, which applications do not have.</param>
internal sealed partial class RegisterClient(
    GatewayMonitor gateways, PaxosClientOptions options, TimeProvider time, Func<Guid> newRequestId, bool mayBeReserved = false)
    : IRegisterClient
{
    private const int MostNames = 10_000;

    private readonly FloorCache _floors = new(options.FloorCacheEntries, time);
    private readonly SuspectRegisters _suspects = new(gateways, options.HedgeAfter, time);
    private readonly SignsOfLife _signs = new(options.HedgeAfter / 2);

    public async Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name, mayBeReserved);
        if (!Enum.IsDefined(consistency))
            throw new ArgumentOutOfRangeException(nameof(consistency), consistency, "A read is linearizable or stale.");
        var entry = await RunAsync(new ReadCall(name, consistency, _suspects), cancellationToken);
        _floors.Saw(name, entry?.Version ?? 0);
        return entry;
    }

    public async Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name, mayBeReserved);
        var history = await RunAsync(
            new ProposerCall<ImmutableArray<RegisterEntry>>(name, proposer => proposer.HistoryAsync(name)),
            cancellationToken);
        _floors.Saw(name, history.IsEmpty ? 0 : history[^1].Version);
        return history;
    }

    public async Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        ValidatePage(prefix, after, limit);
        return await RunAsync(new ProposerCall<NamePage>(prefix, proposer => proposer.ListAsync(prefix, after, limit)), cancellationToken);
    }

    public async Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default)
    {
        ValidatePage(prefix, after, limit);
        return await RunAsync(new ProposerCall<EntryPage>(prefix, proposer => proposer.ListEntriesAsync(prefix, after, limit)), cancellationToken);
    }

    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default) =>
        AskProposerAsync(proposer => proposer.StatusAsync(), cancellationToken);

    public IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after = default, CancellationToken cancellationToken = default)
    {
        RegisterName.Validate(name, mayBeReserved);
        ArgumentOutOfRangeException.ThrowIfNegative(after.Version, nameof(after));
        return new RegisterWatch(name, this, gateways, _suspects, _signs, options, time).FollowAsync(after, cancellationToken);
    }

    public IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", CancellationToken cancellationToken = default)
    {
        RegisterName.ValidatePrefix(prefix, mayBeReserved);
        ArgumentNullException.ThrowIfNull(cursor);
        return new PrefixWatch(prefix, newRequestId(), gateways, options, time).FollowAsync(cursor, cancellationToken);
    }

    /// <summary>Reads a page of all registers, deleted ones among them, with their histories.</summary>
    internal async Task<BackupPage> ListHistoriesPageAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        ValidatePage(prefix, after, limit);
        return await RunAsync(new ProposerCall<BackupPage>(prefix, proposer => proposer.ListHistoriesAsync(prefix, after, limit)), cancellationToken);
    }

    /// <summary>Asks what any proposer can answer.</summary>
    internal Task<T> AskProposerAsync<T>(Func<IProposerGrain, Task<T>> ask, CancellationToken cancellationToken) =>
        RunAsync(new ProposerCall<T>(key: "", ask), cancellationToken);

    /// <summary>Notes that a watcher has seen a version.</summary>
    internal void Saw(string name, long version) => _floors.Saw(name, version);

    private void ValidatePage(string prefix, string after, int limit)
    {
        RegisterName.ValidatePrefix(prefix, mayBeReserved);
        ArgumentNullException.ThrowIfNull(after);
        if (limit is < 1 or > MostNames)
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"A page has 1 to {MostNames} names.");
    }

    private Task<T> RunAsync<T>(HedgedCall<T> call, CancellationToken cancellationToken) =>
        RunAsync(call, options.RequestTimeout, cancellationToken);

    private Task<T> RunAsync<T>(HedgedCall<T> call, TimeSpan patience, CancellationToken cancellationToken) =>
        new Hedge<T>(call, gateways, options, time).RunAsync(patience, cancellationToken);
}
