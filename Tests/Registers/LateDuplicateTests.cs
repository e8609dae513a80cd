using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Registers;

/// <summary>The runtime may deliver a message twice. The answer to a request stays true, whatever a late duplicate encounters.</summary>
public sealed class LateDuplicateTests
{
    private readonly PaxosWorld _world = new();
    private long _version;

    [Fact]
    public Task A_duplicate_of_a_refused_decide_is_never_applied() => NeverAppliedAsync(
        ChangeStatus.AlreadyDecided, Change.Decide([1]), before: [Change.Set([2])], after: [Change.Delete()], again: [Change.Set([3]), Change.Delete()]);

    [Fact]
    public Task A_duplicate_of_a_refused_delete_is_never_applied() => NeverAppliedAsync(
        ChangeStatus.NotFound, Change.Delete(), before: [], after: [Change.Set([2])], again: [Change.Set([3])]);

    [Fact]
    public Task A_duplicate_of_a_refused_delete_of_a_tombstone_is_never_applied() => NeverAppliedAsync(
        ChangeStatus.NotFound, Change.Delete(), before: [Change.Set([2]), Change.Delete()], after: [Change.Set([2])], again: [Change.Set([3])]);

    [Fact]
    public Task A_duplicate_of_a_refused_compare_and_set_to_a_version_not_reached_yet_is_never_applied() => NeverAppliedAsync(
        ChangeStatus.VersionMismatch, Change.CompareAndSet([1], 2), before: [Change.Set([2])], after: [Change.Set([3])], again: [Change.Set([4])]);

    [Fact]
    public Task A_duplicate_of_a_refused_delete_of_a_version_not_reached_yet_is_never_applied() => NeverAppliedAsync(
        ChangeStatus.VersionMismatch, Change.Delete(2), before: [Change.Set([2])], after: [Change.Set([3])], again: [Change.Set([4])]);

    [Fact]
    public async Task A_duplicate_of_an_outdated_change_is_never_applied_after_the_change_was_refused()
    {
        var register = new RegisterActor(_world, "r");
        await ApplyAsync(register, [Change.Set([2]), Change.Delete()]);
        var request = Requests.New(Change.Decide([1]), floor: 0);
        var outdated = await register.ChangeAsync(request);
        Assert.Equal((ChangeStatus.Outdated, 2L), (outdated.Status, outdated.Version));
        await ApplyAsync(register, [Change.Decide([2])]);
        var raised = request with { Floor = outdated.Version };
        Assert.Equal(ChangeStatus.AlreadyDecided, (await register.ChangeAsync(raised)).Status);
        await ApplyAsync(register, [Change.Delete()]);
        await AssertNotAppliedAsync(register, request);
        await AssertNotAppliedAsync(register, raised);
    }

    /// <summary>After a refusal the register changes so that the condition holds: immediately, and for as long as the window could remember.</summary>
    private async Task NeverAppliedAsync(ChangeStatus refusal, Change change, Change[] before, Change[] after, Change[] again)
    {
        var register = new RegisterActor(_world, "r");
        await ApplyAsync(register, before);
        var request = Requests.New(change, _version);
        Assert.Equal(refusal, (await register.ChangeAsync(request)).Status);

        await ApplyAsync(register, after);
        for (var turn = 0; turn < 24; turn++)
        {
            await AssertNotAppliedAsync(register, request);
            await ApplyAsync(register, again);
        }
    }

    private async Task ApplyAsync(RegisterActor register, Change[] changes)
    {
        foreach (var change in changes)
        {
            var outcome = await register.ChangeAsync(Requests.New(change, _version));
            Assert.Equal((ChangeStatus.Applied, _version + 1), (outcome.Status, outcome.Version));
            _version++;
        }
    }

    /// <summary>Sends a duplicate every way: to the register grain that refused it, to another grain that knows nothing yet, and to a proposer.</summary>
    private async Task AssertNotAppliedAsync(RegisterActor register, ChangeRequest request)
    {
        Assert.NotEqual(ChangeStatus.Applied, (await register.ChangeAsync(request)).Status);
        Assert.NotEqual(ChangeStatus.Applied, (await new RegisterActor(_world, "r").ChangeAsync(request)).Status);
        Assert.NotEqual(ChangeStatus.Applied, Assert.Single((await _world.ProposeAsync("r", request)).Outcomes).Status);
        Assert.Equal(_version, (await register.ReadAsync(ReadConsistency.Linearizable))?.Version ?? 0);
    }
}
