using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>One request id that comes with two different changes.</summary>
public sealed class ReusedRequestIdTests
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    private readonly ChangeRequest _first = Requests.Set("first");

    [Fact]
    public void A_retry_is_answered_without_an_entry_once_the_state_no_longer_carries_it()
    {
        var outcome = Judge(Later(), _first).Outcomes[0];
        Assert.Equal(new ChangeOutcome(ChangeStatus.Applied, Entry: null, Version: 2, WrittenVersion: 1), outcome);
    }

    [Fact]
    public void A_reused_id_is_told_from_a_retry_though_the_state_no_longer_carries_the_entry()
    {
        foreach (var other in Others())
        {
            var judgement = Judge(Later(), other);
            Assert.Equal(new ChangeOutcome(ChangeStatus.RequestIdReused, Entry: null, Version: 2, WrittenVersion: 1), judgement.Outcomes[0]);
            Assert.False(judgement.Altered);
        }
    }

    [Fact]
    public void A_reused_id_shows_the_entry_that_was_written_while_the_state_carries_it()
    {
        foreach (var other in Others())
        {
            var outcome = Judge(Judge(RegisterState.Empty, _first).State, other).Outcomes[0];
            Assert.Equal((ChangeStatus.RequestIdReused, "first", 1L), (outcome.Status, outcome.Entry.Text(), outcome.WrittenVersion));
        }
    }

    [Fact]
    public void Two_changes_with_one_id_in_one_proposal_are_told_apart()
    {
        foreach (var other in Others())
        {
            var judgement = Judge(RegisterState.Empty, _first, other, _first);
            Assert.Equal([ChangeStatus.Applied, ChangeStatus.RequestIdReused, ChangeStatus.Applied], judgement.Outcomes.Select(outcome => outcome.Status));
            Assert.All(judgement.Outcomes, outcome => Assert.Equal(("first", 1L), (outcome.Entry.Text(), outcome.WrittenVersion)));
            Assert.Equal(1, judgement.State.Version);
        }
    }

    [Fact]
    public void A_set_is_no_retry_of_the_deletion_with_its_id()
    {
        var deletion = Requests.New(Change.Delete(), floor: 1);
        var state = Judge(Judge(RegisterState.Empty, _first).State, deletion).State;
        Assert.Equal(ChangeStatus.RequestIdReused, Judge(state, deletion with { Change = Change.Set([]) }).Outcomes[0].Status);
        Assert.Equal(ChangeStatus.Applied, Judge(state, deletion).Outcomes[0].Status);
    }

    [Fact]
    public void An_entry_that_was_accepted_and_never_chosen_is_not_of_the_chain_though_its_id_is()
    {
        var state = Later();
        Assert.True(state.Contains(Entry(_first)));
        Assert.All(Others(), other => Assert.False(state.Contains(Entry(other))));
    }

    /// <summary>Of the same size, of another, and none.</summary>
    private ChangeRequest[] Others() =>
    [
        _first with { Change = Change.Set(Requests.Bytes("other")) },
        _first with { Change = Change.Set(Requests.Bytes("another")) },
        _first with { Change = Change.Delete() },
    ];

    /// <summary>The first change, and one after it in a proposal of its own.</summary>
    private RegisterState Later() => Judge(Judge(RegisterState.Empty, _first).State, Requests.Set("second", floor: 1)).State;

    private static RegisterEntry Entry(ChangeRequest request) =>
        new(1, request.Change.Value, request.Change.Kind == ChangeKind.Delete, request.RequestId, request.At);

    private static Judgement Judge(RegisterState state, params ChangeRequest[] requests) =>
        ChangeRules.Judge(state, basisChosen: true, requests, Limits);
}
