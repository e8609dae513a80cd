using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Protocol;

/// <summary>A register remembers the highest fence that it has seen, its guard, and refuses what a holder of a lost lock still writes.</summary>
public sealed class FenceTests
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);

    [Theory]
    [InlineData("lock", 4, ChangeStatus.Fenced)]
    [InlineData("lock", 5, ChangeStatus.Applied)]
    [InlineData("lock", 6, ChangeStatus.Applied)]
    [InlineData("other", 4, ChangeStatus.Fenced)]
    [InlineData("other", 6, ChangeStatus.Fenced)]
    [InlineData("LOCK", 6, ChangeStatus.Fenced)]
    public void OnlyAFenceOfTheSameLockThatIsNotLower_Passes(string name, long token, ChangeStatus status)
    {
        var state = Chain("s:lock:5");
        Change[] changes = [Change.Set([1]), Change.CompareAndSet([1], 1), Change.Delete(), Change.Delete(1)];
        foreach (var change in changes)
        {
            var outcome = Judge(state, change with { Fence = new Fence(name, token) }, floor: 1).Outcomes[0];
            var guard = status == ChangeStatus.Applied ? new Fence(name, token) : new Fence("lock", 5);
            Assert.Equal((status, guard), (outcome.Status, outcome.Entry!.Guard));
        }
    }

    [Theory]
    [InlineData("s:lock:5", "lock:5")]
    [InlineData("s:lock:5 s:lock:9", "lock:9")]
    [InlineData("s:lock:5 s", "lock:5")]
    [InlineData("s:lock:5 c", "lock:5")]
    [InlineData("s:lock:5 a", "lock:5")]
    [InlineData("s s:lock:5", "lock:5")]
    [InlineData("s:lock:5 d:lock:7", "lock:7")]
    [InlineData("s:lock:5 d:lock:7 s", "lock:7")]
    [InlineData("s:lock:5 d:lock:7 s d", "")]
    [InlineData("s:lock:5 d", "")]
    [InlineData("s:lock:5 d s", "")]
    [InlineData("s:lock:5 d s:other:1", "other:1")]
    public void TheGuardRises_AndOnlyADeletionWithoutAFenceTakesItAway(string chain, string guard) =>
        Assert.Equal(guard, Text(Chain(chain).Newest!.Guard));

    [Fact]
    public void ChangesOfOneProposal_AreFencedByThoseBeforeThem()
    {
        var fenced = (long token) => Requests.New(Change.Set([]) with { Fence = new Fence("lock", token) });
        var judgement = Judge(RegisterState.Empty, fenced(2), fenced(3), fenced(2), fenced(3));
        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Fenced, ChangeStatus.Applied], judgement.Outcomes.Select(outcome => outcome.Status));
        Assert.Equal(["lock:2", "lock:3", "lock:3"], judgement.State.Entries.Select(entry => Text(entry.Guard)));
    }

    /// <summary>A copy of it may have been refused by a guard that is gone by now.</summary>
    [Theory]
    [InlineData("s:lock:5", 0, ChangeStatus.Applied)]
    [InlineData("s:lock:5 s", 0, ChangeStatus.Applied)]
    [InlineData("s:other:1 d s", 3, ChangeStatus.Applied)]
    [InlineData("s:other:1 d s", 2, ChangeStatus.Applied)]
    [InlineData("s:other:1 d s", 1, ChangeStatus.Outdated)]
    [InlineData("s:lock:9 d", 1, ChangeStatus.Outdated)]
    [InlineData("s:lock:9 d", 2, ChangeStatus.Applied)]
    public void AFenceMayHaveBeenRefused_SinceTheFloorIfSomethingWasDeletedSince(string chain, long floor, ChangeStatus status) =>
        Assert.Equal(status, Judge(Chain(chain), Change.Set([]) with { Fence = new Fence("lock", 5) }, floor).Outcomes[0].Status);

    [Fact]
    public void AFenceIsJudged_BeforeTheCondition()
    {
        var state = Chain("s:lock:5");
        Assert.Equal(ChangeStatus.Fenced, Judge(state, Change.CompareAndSet([], 7) with { Fence = new Fence("lock", 4) }, floor: 1).Outcomes[0].Status);
        Assert.Equal(ChangeStatus.VersionMismatch, Judge(state, Change.CompareAndSet([], 7) with { Fence = new Fence("lock", 5) }, floor: 1).Outcomes[0].Status);
    }

    [Fact]
    public void ACopyOfWhatWasWritten_IsAnsweredWhateverTheGuardIsNow()
    {
        var request = Requests.New(Change.Set([]) with { Fence = new Fence("lock", 5) });
        var state = Judge(RegisterState.Empty, request, Requests.New(Change.Set([]) with { Fence = new Fence("lock", 6) })).State;
        Assert.Equal((ChangeStatus.Applied, 1L), (Judge(state, request).Outcomes[0].Status, Judge(state, request).Outcomes[0].WrittenVersion));
    }

    [Fact]
    public void TheSessionOfAValue_IsThatOfItsOwnChange()
    {
        var session = UniqueId.New();
        var state = Judge(RegisterState.Empty, Change.Set([]) with { Session = session }, floor: 0).State;
        Assert.Equal(session, state.Newest!.Session);
        Assert.Null(Judge(state, Change.Set([]), floor: 1).State.Newest!.Session);
    }

    /// <summary>The version before it gives an entry its guard, and of two proposals each may have had another one before it.</summary>
    [Fact]
    public void AnEntryThatWasNeverChosen_IsToldByItsGuard()
    {
        var request = Requests.Set("same", floor: 1);
        var chosen = Judge(Chain("s:lock:5"), request).State;
        var never = Judge(Chain("s"), request).State;
        Assert.True(chosen.Contains(chosen.Newest!));
        Assert.False(chosen.Contains(never.Newest!));
        Assert.False(never.Contains(chosen.Newest!));
        Assert.Throws<InvariantViolationException>(() => Invariants.OneStatePerBallot(new Ballot(7, UniqueId.New()), chosen, never));
    }

    [Theory]
    [InlineData("", 1, "name is empty")]
    [InlineData("a//b", 1, "empty segment")]
    [InlineData("!locks/a", 1, "reserved")]
    [InlineData("lock", 0, "1 or more")]
    [InlineData("lock", -1, "1 or more")]
    public void AFenceThatIsNone_IsRefused(string name, long token, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>((Change.Set([]) with { Fence = new Fence(name, token) }).Validate).Message);

    /// <summary>Versions as words: set, compare-and-set, add or delete, and the fence.</summary>
    private static RegisterState Chain(string versions)
    {
        var state = RegisterState.Empty;
        foreach (var word in versions.Split(' '))
        {
            var parts = word.Split(':');
            var change = parts[0] switch
            {
                "s" => Change.Set("1"u8.ToArray()),
                "c" => Change.CompareAndSet("1"u8.ToArray(), state.Version),
                "a" => Change.Add(1),
                _ => Change.Delete(),
            };
            var judgement = Judge(state, change with { Fence = parts.Length == 1 ? null : new Fence(parts[1], long.Parse(parts[2])) }, state.Version);
            Assert.Equal(ChangeStatus.Applied, judgement.Outcomes[0].Status);
            state = judgement.State;
        }

        return state;
    }

    private static string Text(Fence? guard) => guard is null ? "" : $"{guard.Lock}:{guard.Token}";

    private static Judgement Judge(RegisterState state, Change change, long floor) => Judge(state, Requests.New(change, floor));

    private static Judgement Judge(RegisterState state, params ChangeRequest[] requests)
    {
        var judgement = ChangeRules.Judge(state, basisChosen: true, requests, Limits);
        Invariants.WellFormed(judgement.State);
        return judgement;
    }
}
