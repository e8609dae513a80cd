using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Registers;

/// <summary>Copies of a restore and other changes of the same register at once, through two silos, while messages are lost.</summary>
public sealed class RestoreRaceTests
{
    private const int Runs = 150;
    private const double Lost = 0.15;

    [Fact]
    public async Task A_register_is_restored_at_its_beginning_or_not_at_all()
    {
        var restored = 0;
        for (var seed = 1; seed <= Runs; seed++)
            restored += await RunAsync(new Random(seed)) ? 1 : 0;
        Assert.InRange(restored, 1, Runs - 1);
    }

    /// <returns>Whether the register was restored.</returns>
    private static async Task<bool> RunAsync(Random random)
    {
        var world = new PaxosWorld(inOneCommit: true);
        await world.JoinAsync();
        var history = new RegisterHistory("r", [.. Enumerable.Range(101, 3).Select(static version => new RegisterEntry(version, Requests.Bytes($"old {version}"), Deleted: false, UniqueId.New(), Requests.At))], Forgotten: 0);
        foreach (var node in world.Nodes.Values)
            node.OnRequest = node.OnReply = _ => Loses(random) ? throw new TimeoutException() : Task.CompletedTask;
        var fronts = Enumerable.Range(0, 2).Select(_ => world.NewFront(static (_, _) => Task.CompletedTask)).ToList();
        var restore = new ChangeRequest(history.Entries[^1].RequestId, Change.Restore(history), Requests.At, Floor: 0);
        ChangeRequest[] requests = [restore, Requests.Set("new 1"), restore, Requests.Decide("new 2"), restore, Requests.CompareAndSet("new 3", 0)];
        random.Shuffle(requests);
        var outcomes = await Task.WhenAll(requests.Select((request, index) => TryAsync(() => fronts[index % 2].ChangeAsync("r", request))));
        world.Deliver();

        var chain = await world.NewFront(static (_, _) => Task.CompletedTask).HistoryAsync("r");
        var isRestored = chain.Any(entry => entry.RequestId == restore.RequestId);
        Assert.Equal(chain.Length, chain.DistinctBy(static entry => entry.RequestId).Count());
        if (isRestored)
            Assert.Equal(history.Entries.Select(static entry => entry.RequestId), chain.Take(3).Select(static entry => entry.RequestId));
        Assert.Equal(isRestored ? 101 : 1, chain.IsEmpty ? 1 : chain[0].Version);
        foreach (var (request, outcome) in requests.Zip(outcomes))
        {
            if (outcome is null)
                continue;
            Assert.Equal(outcome.Status == ChangeStatus.Applied, chain.Any(entry => entry.RequestId == request.RequestId && entry.Version == outcome.WrittenVersion));
        }

        return isRestored;
    }

    private static bool Loses(Random random)
    {
        lock (random)
            return random.NextDouble() < Lost;
    }

    private static async Task<ChangeOutcome?> TryAsync(Func<Task<ChangeOutcome>> change)
    {
        try
        {
            return await change();
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or QuorumUnavailableException)
        {
            return null;
        }
    }
}
