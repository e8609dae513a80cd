using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>A change that writes a history from a backup, on each state that it may meet.</summary>
public sealed class RestoreRulesTests
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    private readonly RegisterEntry[] _entries = [.. Enumerable.Range(101, 3).Select(static version => Entry(version, $"{version}"))];

    [Fact]
    public void A_register_without_a_version_begins_with_the_history()
    {
        var judgement = Judge(RegisterState.Empty, Restore(_entries, forgotten: 40));
        Assert.Equal((ChangeStatus.Applied, 103L, 103L), (judgement.Outcomes[0].Status, judgement.Outcomes[0].Version, judgement.Outcomes[0].WrittenVersion));
        Assert.Equal(_entries, judgement.State.Entries);
        Assert.Equal((new RegisterOrigin(100, 40), 101L, 40L), (judgement.State.Origin, judgement.State.WindowStart, judgement.State.ForgottenThrough));
        Invariants.WellFormed(judgement.State);
    }

    [Fact]
    public void It_begins_above_what_the_register_may_have_been()
    {
        var empty = RegisterState.Empty with { Origin = new RegisterOrigin(500, 450) };
        var state = Judge(empty, Restore(_entries, forgotten: 40) with { Floor = 500 }).State;
        Assert.Equal([501L, 502, 503], state.Entries.Select(static entry => entry.Version));
        Assert.Equal(new RegisterOrigin(500, 450), state.Origin);
        Invariants.WellFormed(state);
    }

    [Fact]
    public void One_with_a_version_is_left_as_it_is_even_if_that_is_a_tombstone()
    {
        var written = Judge(RegisterState.Empty, Requests.Set("mine")).State;
        var deleted = Judge(written, Requests.New(Change.Delete(), floor: 1)).State;
        foreach (var state in (RegisterState[])[written, deleted])
        {
            var judgement = Judge(state, Restore(_entries) with { Floor = state.Version });
            Assert.Equal((ChangeStatus.VersionMismatch, false), (judgement.Outcomes[0].Status, judgement.Altered));
        }
    }

    [Fact]
    public void A_second_copy_alters_nothing_also_after_further_changes()
    {
        var request = Restore(_entries);
        var state = Judge(RegisterState.Empty, request).State;
        var further = Judge(state, Requests.Set("more", floor: 103)).State;
        var again = Judge(further, request);
        Assert.Equal((ChangeStatus.Applied, 103L, false), (again.Outcomes[0].Status, again.Outcomes[0].WrittenVersion, again.Altered));
        Assert.Equal(104, again.Outcomes[0].Version);
    }

    [Fact]
    public void Another_value_or_a_lower_version_under_its_request_id_is_not_taken_for_it()
    {
        var request = Restore(_entries);
        var lower = Judge(RegisterState.Empty, Requests.Set("103") with { RequestId = request.RequestId }).State;
        Assert.Equal(ChangeStatus.RequestIdReused, Judge(lower, request).Outcomes[0].Status);
        var other = Judge(RegisterState.Empty, Restore([_entries[0] with { RequestId = request.RequestId, Version = 200 }])).State;
        Assert.Equal(ChangeStatus.RequestIdReused, Judge(other, request).Outcomes[0].Status);
    }

    [Fact]
    public void Changes_of_one_proposal_follow_it_and_do_not_go_before()
    {
        var judgement = Judge(RegisterState.Empty, Restore(_entries), Requests.Set("next"), Restore([Entry(900, "x")]));
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.VersionMismatch], judgement.Outcomes.Select(static outcome => outcome.Status));
        Assert.Equal([101L, 102, 103, 104], judgement.State.Entries.Select(static entry => entry.Version));
        Invariants.WellFormed(judgement.State);
        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.VersionMismatch],
            Judge(RegisterState.Empty, Requests.Set("first"), Restore(_entries)).Outcomes.Select(static outcome => outcome.Status));
    }

    [Fact]
    public void A_longer_history_than_the_limits_keeps_its_newest_entries()
    {
        var state = Judge(RegisterState.Empty, Restore([.. Enumerable.Range(1, 40).Select(static version => Entry(version, "x"))])).State;
        Assert.Equal((40L, 16), (state.Version, state.Entries.Length));
        Invariants.WellFormed(state);
    }

    [Fact]
    public void A_late_copy_of_a_request_from_before_the_backup_is_known_or_beyond_the_window()
    {
        var state = Judge(RegisterState.Empty, Restore(_entries, forgotten: 40)).State;
        var known = Judge(state, new ChangeRequest(_entries[0].RequestId, Change.Set(_entries[0].Value), Requests.At, Floor: 40));
        Assert.Equal((ChangeStatus.Applied, 101L), (known.Outcomes[0].Status, known.Outcomes[0].WrittenVersion));
        Assert.Equal(ChangeStatus.BeyondWindow, Judge(state, Requests.Set("unknown", floor: 39)).Outcomes[0].Status);
        Assert.Equal(ChangeStatus.Applied, Judge(state, Requests.Set("never sent before", floor: 40)).Outcomes[0].Status);
    }

    [Fact]
    public void What_is_no_history_is_refused()
    {
        var good = _entries[0];
        RegisterHistory[] bad =
        [
            new("r", [], 0),
            new("r", [good with { Version = 0 }], 0),
            new("r", [good, good with { Version = 103 }], 0),
            new("r", [good, good], 0),
            new("r", [good], 101),
            new("r", [good], -1),
            new("r", [good with { RequestId = Guid.Empty }], 0),
            new("r", [good with { Deleted = true }], 0),
            new("r", [good with { Session = UniqueId.New() }], 0),
            new("r", [good with { Value = null! }], 0),
            new("r", [good with { Guard = new Fence("", 1) }], 0),
        ];
        Assert.All(bad, static history => Assert.Throws<ArgumentException>(() => Change.Restore(history).Validate()));
        Change.Restore(new RegisterHistory("r", [good], 100)).Validate();
        Assert.Throws<ArgumentException>(() => (Change.Set([1]) with { Restored = new RegisterHistory("r", [good], 0) }).Validate());
        Assert.Throws<ArgumentException>(() => (Change.Restore(new RegisterHistory("r", [good], 0)) with { Fence = new Fence("a", 1) }).Validate());
        Assert.Throws<RegisterValueTooLargeException>(() => ChangeLimits.Validate(Change.Restore(new RegisterHistory("r", [good], 0)), good.Value.Length - 1));
    }

    [Fact]
    public void It_goes_over_the_wire()
    {
        using var wire = new Wire();
        var sent = Restore(_entries, forgotten: 40);
        var received = wire.Send(sent);
        Assert.Equal((sent.RequestId, ChangeKind.Restore, "r", 40L), (received.RequestId, received.Change.Kind, received.Change.Restored!.Name, received.Change.Restored.Forgotten));
        Assert.Equal(_entries.Select(Wire.Parts), received.Change.Restored.Entries.Select(Wire.Parts));
        var page = wire.Send(new BackupPage([sent.Change.Restored!], [new BucketWatermark(1, 2, 3, 4)], "next"));
        Assert.Equal(("r", new BucketWatermark(1, 2, 3, 4), "next"), (page.Registers.Single().Name, page.Ended.Single(), page.Next));
        Assert.Equal(new BucketWatermark(1, 2, 3, 4), wire.Send(new WatermarksReply([new BucketWatermark(1, 2, 3, 4)], 5)).Watermarks.Single());
        Assert.Equal(new BucketWatermark(1, 2, 3, 4), wire.Send(new RaiseRequest(new AcceptorSet(["a"]).Id, [new BucketWatermark(1, 2, 3, 4)])).Watermarks.Single());
    }

    private static RegisterEntry Entry(long version, string value) => new(version, Requests.Bytes(value), Deleted: false, UniqueId.New(), Requests.At);

    private static ChangeRequest Restore(RegisterEntry[] entries, long forgotten = 0) =>
        new(entries[^1].RequestId, Change.Restore(new RegisterHistory("r", [.. entries], forgotten)), Requests.At, Floor: 0);

    private static Judgement Judge(RegisterState basis, params ChangeRequest[] requests) => ChangeRules.Judge(basis, basisChosen: true, requests, Limits);
}
