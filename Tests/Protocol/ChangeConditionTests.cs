using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>A change with a condition is applied only if the condition holds now and has held at every version since the floor.</summary>
public sealed class ChangeConditionTests
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    /// <summary>In a chain, <c>v</c> is a version with a value and <c>-</c> a tombstone.</summary>
    [Theory]
    [InlineData(ChangeKind.CompareAndSet, 0L, "", 0, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 0L, "v", 0, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.CompareAndSet, 2L, "vv", 2, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 2L, "v-", 2, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 2L, "vv", 1, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.CompareAndSet, 2L, "vv", 0, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.CompareAndSet, 1L, "vv", 1, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.CompareAndSet, 3L, "vv", 2, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.Decide, null, "", 0, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Decide, null, "v", 0, ChangeStatus.AlreadyDecided)]
    [InlineData(ChangeKind.Decide, null, "v", 1, ChangeStatus.AlreadyDecided)]
    [InlineData(ChangeKind.Decide, null, "v-", 2, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Decide, null, "v-", 1, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Decide, null, "v-", 0, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Decide, null, "v-v-", 2, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Delete, null, "", 0, ChangeStatus.NotFound)]
    [InlineData(ChangeKind.Delete, null, "v", 0, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Delete, null, "v", 1, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, null, "vvv", 1, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, null, "v-", 1, ChangeStatus.NotFound)]
    [InlineData(ChangeKind.Delete, null, "v-v", 1, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Delete, null, "v-v", 2, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Delete, null, "v-v", 3, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, 2L, "vv", 2, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, 2L, "vv", 1, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Delete, 1L, "vv", 1, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.Delete, 2L, "v-", 2, ChangeStatus.NotFound)]
    [InlineData(ChangeKind.Set, null, "", 0, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Set, null, "v-v", 0, ChangeStatus.Applied)]
    public void It_must_have_held_since_the_floor(ChangeKind kind, long? expected, string chain, long floor, ChangeStatus status)
    {
        var judgement = Judge(Chain(chain), Requests.New(new Change(kind, [], expected), floor));
        Assert.Equal(status, judgement.Outcomes[0].Status);
        Assert.Equal(status == ChangeStatus.Applied, judgement.Altered);
        Assert.Equal(chain.Length + (judgement.Altered ? 1 : 0), judgement.Outcomes[0].Version);
        Assert.Equal(judgement.Outcomes[0].Version, judgement.Outcomes[0].Entry?.Version ?? 0);
    }

    /// <summary>The window of a register with twenty versions reaches from the fifth to the newest.</summary>
    [Theory]
    [InlineData(ChangeKind.Delete, 5, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, 4, ChangeStatus.Outdated)]
    [InlineData(ChangeKind.Delete, 3, ChangeStatus.BeyondWindow)]
    [InlineData(ChangeKind.Decide, 4, ChangeStatus.AlreadyDecided)]
    [InlineData(ChangeKind.Decide, 3, ChangeStatus.BeyondWindow)]
    [InlineData(ChangeKind.Set, 4, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Set, 3, ChangeStatus.BeyondWindow)]
    public void A_version_that_the_window_does_not_show_counts_as_one_at_which_it_did_not_hold(ChangeKind kind, long floor, ChangeStatus status)
    {
        var state = Chain(new string('v', 20));
        Assert.Equal(5, state.WindowStart);
        Assert.Equal(status, Judge(state, Requests.New(new Change(kind, [], null), floor)).Outcomes[0].Status);
    }

    [Fact]
    public void Versions_of_the_same_proposal_count()
    {
        var state = Chain("v");
        var judgement = Judge(
            state,
            Requests.New(Change.Delete(), floor: 1),
            Requests.Decide("a", floor: 1),
            Requests.New(Change.Decide([]), floor: 2),
            Requests.New(Change.Delete(), floor: 1),
            Requests.New(Change.Delete(), floor: 3));
        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.Outdated, ChangeStatus.Applied, ChangeStatus.Outdated, ChangeStatus.Applied],
            judgement.Outcomes.Select(outcome => outcome.Status));
    }

    [Fact]
    public void An_outdated_change_is_applied_with_the_version_it_was_judged_on_as_its_floor()
    {
        var state = Chain("v-");
        var request = Requests.Decide("mine", floor: 0);
        var outdated = Judge(state, request).Outcomes[0];
        Assert.Equal((ChangeStatus.Outdated, 2L), (outdated.Status, outdated.Version));
        Assert.Equal(ChangeStatus.Applied, Judge(state, request with { Floor = outdated.Version }).Outcomes[0].Status);
    }

    private static RegisterState Chain(string versions)
    {
        var state = RegisterState.Empty;
        foreach (var version in versions)
            state = Judge(state, Requests.New(version == 'v' ? Change.Set([]) : Change.Delete(), state.Version)).State;
        Assert.Equal(versions.Length, state.Version);
        return state;
    }

    private static Judgement Judge(RegisterState state, params ChangeRequest[] requests)
    {
        var judgement = ChangeRules.Judge(state, basisChosen: true, requests, Limits);
        Invariants.WellFormed(judgement.State);
        return judgement;
    }
}
