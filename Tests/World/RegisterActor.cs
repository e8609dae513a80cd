using Orleans.Paxos.Registers;

namespace Orleans.Paxos.Tests.World;

/// <summary>A register that runs its calls in turns, as its grain does.</summary>
internal sealed class RegisterActor(PaxosWorld world, string name)
{
    private readonly TurnScheduler _scheduler = new();
    private readonly ConfigRegister _register = world.NewRegister(name);

    public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) => _scheduler.RunAsync(() => _register.ChangeAsync(request));

    public Task<RegisterEntry?> ReadAsync(ReadConsistency consistency) => _scheduler.RunAsync(() => _register.ReadAsync(consistency));

    public Task<long> FloorAsync() => _scheduler.RunAsync(_register.FloorAsync);

    public Task<ImmutableArray<RegisterEntry>> HistoryAsync() => _scheduler.RunAsync(_register.HistoryAsync);

    public Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait, CancellationToken stopping = default) =>
        _scheduler.RunAsync(() => _register.WatchAsync(after, wait, stopping));
}
