using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Coordination.World;

/// <summary>The registers of acceptors, each by a learner that is made for the call, so that the acceptors alone remember anything.</summary>
internal sealed class AcceptedRegisters(PaxosWorld world) : IRegisterClient
{
    public async Task<ChangeOutcome> ChangeAsync(string name, Change change, ChangeOptions? options = null, CancellationToken cancellationToken = default)
    {
        var register = new RegisterActor(world, name);
        return await register.ChangeAsync(new ChangeRequest(UniqueId.New(), change, world.Clock.GetUtcNow(), options?.Floor ?? await register.FloorAsync()));
    }

    public Task<RegisterEntry?> ReadAsync(string name, ReadConsistency consistency = ReadConsistency.Linearizable, CancellationToken cancellationToken = default) =>
        new RegisterActor(world, name).ReadAsync(consistency);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync(string name, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<WatchBatch> WatchAsync(string name, WatchPoint after = default, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<NamePage> ListPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<EntryPage> ListEntriesPageAsync(string prefix = "", string after = "", int limit = 1000, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public IAsyncEnumerable<PrefixBatch> WatchPrefixAsync(string prefix = "", string cursor = "", CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
