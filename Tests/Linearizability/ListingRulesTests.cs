using Orleans.Paxos.Verification.Linearizability;

namespace Orleans.Paxos.Tests.Linearizability;

/// <summary>Pages that could have been shown, and pages that could not.</summary>
public sealed class ListingRulesTests
{
    private readonly List<Operation> _operations = [];
    private long _moment;

    [Fact]
    public void A_register_that_was_acknowledged_and_not_deleted_is_in_the_page()
    {
        Change("a", OperationKind.Set, version: 1);
        AssertGood(Page("a"));
        AssertBad("lacks 'a'", Page());
    }

    [Fact]
    public void A_register_that_was_deleted_or_never_written_is_not()
    {
        Change("a", OperationKind.Set, version: 1);
        Change("a", OperationKind.Delete, version: 2);
        AssertGood(Page());
        AssertBad("has 'a'", Page("a"));
        AssertBad("has 'b'", Page("b"));
    }

    [Fact]
    public void What_was_written_or_deleted_meanwhile_may_be_there_or_not()
    {
        Change("b", OperationKind.Set, version: 1);
        var invoked = ++_moment;
        Change("a", OperationKind.Set, version: 1);
        Change("b", OperationKind.Delete, version: 2);
        AssertGood(Page(invoked, "a", "b"));
        AssertGood(Page(invoked));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void What_has_no_known_outcome_may_have_happened_or_not(bool deletes)
    {
        Change("a", deletes ? OperationKind.Set : OperationKind.Delete, version: 1);
        Change("a", deletes ? OperationKind.Delete : OperationKind.Set, version: null);
        AssertGood(Page());
        AssertGood(Page("a"));
    }

    [Fact]
    public void A_register_written_again_after_a_deletion_of_unknown_outcome_is_in_the_page_once_the_deletion_is_known_to_be_older()
    {
        Change("a", OperationKind.Set, version: 1);
        var deletion = Change("a", OperationKind.Delete, version: null);
        Change("a", OperationKind.Set, version: 3);
        AssertGood(Page());
        Read("a", new Observed(2, deletion, Deleted: true, ""));
        AssertBad("lacks 'a'", Page());
    }

    [Fact]
    public void A_page_ends_where_it_is_full_and_the_next_goes_on_there()
    {
        foreach (var name in (string[])["a", "b", "c"])
            Change(name, OperationKind.Set, version: 1);
        AssertGood(Page("a", "b") with { Limit = 2, More = true });
        AssertGood(Page("c") with { After = "b" });
        AssertBad("lacks 'c'", Page("a", "b"));
        AssertBad("lacks 'a'", Page("b") with { More = true });
        AssertBad("at most", Page("a", "b", "c") with { Limit = 2 });
        AssertBad("to go on from", Page() with { More = true });
    }

    [Fact]
    public void Names_are_in_the_order_of_their_bytes_and_of_their_prefix()
    {
        string[] names = ["x/\uFF61", "x/\U0001F642"]; // the other way round in UTF-16
        foreach (var name in names)
            Change(name, OperationKind.Set, version: 1);
        AssertGood(Page(names) with { Prefix = "x/" });
        AssertBad("after", Page([.. names.Reverse()]));
        AssertBad("after", Page(names[0], names[0], names[1]));
        AssertBad("starts otherwise", Page(names) with { Prefix = "y" });
        AssertBad("after", Page(names) with { After = names[0] });
    }

    private Guid Change(string register, OperationKind kind, long? version)
    {
        var id = new Guid((int)++_moment, 0, 0, new byte[8]);
        _operations.Add(new Operation
        {
            Client = 1,
            Register = register,
            Kind = kind,
            RequestId = id,
            Invoked = ++_moment,
            Returned = ++_moment,
            Answer = version is null ? Answer.Unknown : Answer.Applied,
            Entries = version is { } written ? [new Observed(written, id, kind == OperationKind.Delete, "")] : [],
        });
        return id;
    }

    private void Read(string register, Observed entry) => _operations.Add(new Operation
    {
        Client = 1, Register = register, Kind = OperationKind.History, Invoked = ++_moment, Returned = ++_moment, Answer = Answer.Seen, Entries = [entry],
    });

    private Listing Page(params string[] names) => Page(++_moment, names);

    private Listing Page(long invoked, params string[] names) => new(1, "", "", 100, invoked, ++_moment, [.. names], More: false);

    private void AssertGood(Listing page) => Assert.Empty(ListingRules.Check(_operations, [page]));

    private void AssertBad(string expected, Listing page) =>
        Assert.Contains(ListingRules.Check(_operations, [page]), broken => broken.Contains(expected, StringComparison.Ordinal));
}
