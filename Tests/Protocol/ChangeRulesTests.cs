using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

public sealed class ChangeRulesTests
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    [Fact]
    public void Changes_in_one_proposal_each_get_their_own_version_and_outcome()
    {
        var judgement = Judge(
            Write(RegisterState.Empty, 1),
            Requests.CompareAndSet("b", 1, floor: 1), Requests.CompareAndSet("c", 1, floor: 1), Requests.Set("d"), Requests.CompareAndSet("e", 3, floor: 1));
        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.VersionMismatch, ChangeStatus.Applied, ChangeStatus.Outdated],
            judgement.Outcomes.Select(outcome => outcome.Status));
        Assert.Equal([2L, 2, 3, 3], judgement.Outcomes.Select(outcome => outcome.Version));
        Assert.Equal("b", judgement.Outcomes[1].Entry.Text());
        Assert.Equal(["b", "d"], judgement.State.Entries.Select(entry => entry.Text()));
    }

    [Fact]
    public void A_request_that_was_applied_is_not_applied_again()
    {
        var request = Requests.Set("a");
        var once = Judge(RegisterState.Empty, request);
        var twice = Judge(once.State, request, Requests.Set("b"), request);
        Assert.All([twice.Outcomes[0], twice.Outcomes[2]], outcome => Assert.Equal((ChangeStatus.Applied, 1L), (outcome.Status, outcome.Entry!.Version)));
        Assert.Equal(2, twice.State.Version);
    }

    [Fact]
    public void A_request_that_may_have_been_forgotten_is_not_judged()
    {
        var request = Requests.Set("early", floor: 3);
        var state = Write(RegisterState.Empty, 40);
        Assert.True(state.WindowStart > 4);
        var judgement = Judge(state, request);
        Assert.Equal(ChangeStatus.BeyondWindow, judgement.Outcomes[0].Status);
        Assert.False(judgement.Altered);
        Assert.Equal(ChangeStatus.Applied, Judge(state, request with { Floor = 40 }).Outcomes[0].Status);
    }

    [Theory]
    [InlineData(ChangeKind.Set, null, false, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Set, null, true, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 2L, true, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 2L, false, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 1L, true, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.CompareAndSet, 3L, true, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.CompareAndSet, 0L, true, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.Decide, null, true, ChangeStatus.AlreadyDecided)]
    [InlineData(ChangeKind.Decide, null, false, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, null, true, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, null, false, ChangeStatus.NotFound)]
    [InlineData(ChangeKind.Delete, 2L, true, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, 1L, true, ChangeStatus.VersionMismatch)]
    public void Each_change_does_what_it_says_on_a_register_with_two_versions(ChangeKind kind, long? expected, bool exists, ChangeStatus status)
    {
        var state = Judge(RegisterState.Empty, Requests.Set("1"), exists ? Requests.Set("2") : Requests.New(Change.Delete(), floor: 1)).State;
        var outcome = Judge(state, Requests.New(new Change(kind, [], expected), floor: 2)).Outcomes[0];
        Assert.Equal(status, outcome.Status);
        Assert.Equal(status == ChangeStatus.Applied ? 3 : 2, outcome.Entry!.Version);
    }

    [Theory]
    [InlineData(ChangeKind.CompareAndSet, 0L, ChangeStatus.Applied)]
    [InlineData(ChangeKind.CompareAndSet, 1L, ChangeStatus.VersionMismatch)]
    [InlineData(ChangeKind.Decide, null, ChangeStatus.Applied)]
    [InlineData(ChangeKind.Delete, null, ChangeStatus.NotFound)]
    public void Each_change_does_what_it_says_on_a_register_never_written(ChangeKind kind, long? expected, ChangeStatus status) =>
        Assert.Equal(status, Judge(RegisterState.Empty, Requests.New(new Change(kind, [], expected))).Outcomes[0].Status);

    [Fact]
    public void Entries_that_are_not_known_chosen_are_proposed_again_with_the_new_ones()
    {
        var state = Judge(RegisterState.Empty, Requests.Set("a"), Requests.Set("b")).State;
        Assert.Equal(["a", "b", "c"], Judge(state, chosen: false, Requests.Set("c")).State.Entries.Select(entry => entry.Text()));
        Assert.Equal(["c"], Judge(state, chosen: true, Requests.Set("c")).State.Entries.Select(entry => entry.Text()));
    }

    [Fact]
    public void The_window_follows_the_number_of_writers_and_shrinks_slowly()
    {
        var crowd = Judge(RegisterState.Empty, [.. Enumerable.Range(0, 400).Select(_ => Requests.Set("x"))]).State;
        Assert.Equal(400, crowd.Window.Length);
        Assert.Equal(16, crowd.Entries.Length);
        var after = Judge(crowd, Requests.Set("y", floor: 400)).State;
        Assert.Equal(399, after.Window.Length);
        Assert.Equal(16, Write(after, 400).Window.Length);
    }

    [Fact]
    public void The_window_is_not_short_because_the_history_is()
    {
        var state = RegisterState.Empty;
        for (var version = 0; version < 40; version++)
            state = ChangeRules.Judge(state, basisChosen: true, [Requests.Set("x", version)], new HistoryLimits(1, 100)).State;
        Assert.Equal((16, 1), (state.Window.Length, state.Entries.Length));
    }

    [Fact]
    public void The_history_is_bounded_in_bytes_and_keeps_the_newest_whatever_its_size()
    {
        var limits = new HistoryLimits(16, 100);
        var state = RegisterState.Empty;
        foreach (var bytes in new[] { 40, 40, 40, 500, 10 })
        {
            state = ChangeRules.Judge(state, basisChosen: true, [Requests.New(Change.Set(new byte[bytes]), state.Version)], limits).State;
            Assert.InRange(limits.FirstVersion(state), 1, state.Version);
        }

        Assert.Equal(5, limits.FirstVersion(state));
        Assert.Equal(4, limits.FirstVersion(Judge(RegisterState.Empty, Requests.Set("1"), Requests.Set("2"), Requests.Set("3"), Requests.New(Change.Set(new byte[500]))).State));
    }

    private static Judgement Judge(RegisterState state, params ChangeRequest[] requests) => Judge(state, chosen: true, requests);

    private static Judgement Judge(RegisterState state, bool chosen, params ChangeRequest[] requests)
    {
        var judgement = ChangeRules.Judge(state, chosen, requests, Limits);
        Invariants.WellFormed(judgement.State);
        return judgement;
    }

    private static RegisterState Write(RegisterState state, int times)
    {
        for (var time = 0; time < times; time++)
            state = Judge(state, Requests.Set($"{time}", state.Version)).State;
        return state;
    }
}
