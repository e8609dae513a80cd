using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Registers;

/// <summary>A request id that comes again, with its own change or another, to a register that knows nothing yet.</summary>
public sealed class ReusedRequestIdTests
{
    private readonly PaxosWorld _world = new();
    private readonly ChangeRequest _first = Requests.Set("A");

    [Fact]
    public async Task A_reused_id_shows_watchers_nothing_that_was_never_written()
    {
        await WriteTwoAsync();
        var restarted = new RegisterActor(_world, "r");
        var outcome = await restarted.ChangeAsync(_first with { Change = Change.Set(Requests.Bytes("C")), Floor = 2 });
        Assert.Equal((ChangeStatus.RequestIdReused, 1L), (outcome.Status, outcome.WrittenVersion));
        Assert.Equal(["A", "B"], await WatchedAsync(restarted));
    }

    [Fact]
    public async Task A_retry_of_a_change_that_the_state_no_longer_carries_is_applied_at_its_version()
    {
        await WriteTwoAsync();
        var restarted = new RegisterActor(_world, "r");
        var outcome = await restarted.ChangeAsync(_first with { At = _first.At.AddDays(1), Floor = 2 });
        Assert.Equal((ChangeStatus.Applied, 1L), (outcome.Status, outcome.WrittenVersion));
        Assert.Null(outcome.Entry);
        Assert.Equal(["A", "B"], await WatchedAsync(restarted));
        Assert.All((await restarted.WatchAsync(after: 0, TimeSpan.Zero)).Entries, entry => Assert.Equal(_first.At, entry.At));
    }

    private static async Task<IEnumerable<string>> WatchedAsync(RegisterActor register) =>
        (await register.WatchAsync(after: 0, TimeSpan.Zero)).Entries.Select(entry => entry.Text());

    private async Task WriteTwoAsync()
    {
        var register = new RegisterActor(_world, "r");
        await register.ChangeAsync(_first);
        await register.ChangeAsync(Requests.Set("B", floor: 1));
    }
}
