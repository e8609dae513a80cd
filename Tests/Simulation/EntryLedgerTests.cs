using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Simulation.Monitors;

namespace Orleans.Paxos.Tests.Simulation;

public sealed class EntryLedgerTests
{
    private static readonly HistoryLimits Limits = new(Entries: 16, Bytes: 1000);
    private static readonly Fence First = new("l", 1);
    private static readonly Fence Second = new("l", 2);
    private static readonly Fence Other = new("m", 9);

    private readonly Dictionary<Guid, Change> _changes = [];
    private readonly EntryLedger _ledger;
    private RegisterState _state = RegisterState.Empty;

    public EntryLedgerTests() => _ledger = new EntryLedger(id => _changes.GetValueOrDefault(id));

    [Fact]
    public void What_the_rules_write_is_what_changes_leave()
    {
        Assert.Null(Write(Set("a") with { Fence = First }));
        Assert.Null(Write(Set("4") with { Fence = Second }));
        Assert.Null(Write(Change.Add(3)));
        Assert.Null(Write(Change.Delete()));
        Assert.Null(Write(Change.Add(1) with { Fence = Other }));
        Assert.Equal((3, 2), (_ledger.Fenced, _ledger.Additions));
    }

    [Fact]
    public void A_fence_that_a_higher_one_has_passed_is_found() => AssertRefusable(Second, Set("b") with { Fence = First });

    [Fact]
    public void The_fence_of_another_lock_is_found() => AssertRefusable(First, Set("b") with { Fence = Other });

    [Fact]
    public void An_addition_to_a_word_is_found() => AssertRefusable(fence: null, Change.Add(1));

    [Fact]
    public void A_guard_that_was_dropped_is_found()
    {
        Assert.Null(Write(Set("a") with { Fence = First }));
        Assert.Contains("its change leaves", Write(Set("b"), static entry => entry with { Guard = null }));
    }

    [Fact]
    public void A_wrong_sum_is_found()
    {
        Assert.Null(Write(Change.Add(1)));
        Assert.Contains("its change leaves", Write(Change.Add(2), static entry => entry with { Value = CounterValue.Format(2) }));
    }

    [Fact]
    public void The_end_of_a_register_with_a_guard_is_found()
    {
        Assert.Null(Write(Set("a") with { Fence = First }));
        Assert.Null(Write(Change.Delete() with { Fence = First }));
        Assert.Contains("which 'l; 1' guards", _ledger.Chosen(RegisterState.Empty with { Origin = new RegisterOrigin(3, 2) }));
    }

    private static Change Set(string value) => Change.Set(Requests.Bytes(value));

    private void AssertRefusable(Fence? fence, Change change)
    {
        Assert.Null(Write(Set("a") with { Fence = fence }));
        Assert.Contains("must refuse", Write(Set("b") with { Fence = fence }, static entry => entry, change));
    }

    /// <summary>Tells the ledger that a change was chosen, with what it wrote.</summary>
    /// <param name="written">What the rules judge.</param>
    /// <param name="tamper">What becomes of the entry.</param>
    /// <param name="asked">What the client asked for; null for what was judged.</param>
    private string? Write(Change written, Func<RegisterEntry, RegisterEntry>? tamper = null, Change? asked = null)
    {
        var request = Requests.New(written, _state.Version);
        _changes.Add(request.RequestId, asked ?? written);
        _state = ChangeRules.Judge(_state, basisChosen: true, [request], Limits).State;
        return _ledger.Chosen(tamper is null ? _state : _state with { Entries = [.. _state.Entries.Select(tamper)] });
    }
}
