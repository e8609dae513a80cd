using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Protocol;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Registers;

public sealed class RecentChainTests
{
    private static readonly HistoryLimits Limits = new(16, 512 * 1024);
    private readonly FakeTimeProvider _clock = new();
    private readonly RecentChain _chain;
    private ChosenState _newest = ChosenState.Empty;

    public RecentChainTests() => _chain = new RecentChain(_clock);

    [Fact]
    public void A_floor_is_raised_over_versions_that_are_remembered_as_others()
    {
        Write(40);
        Assert.Equal(40, _chain.RaiseFloor(Requests.Set("x", floor: 3)).Floor);
    }

    [Theory]
    [InlineData(41)]
    [InlineData(1L << 32)]
    [InlineData(long.MaxValue)]
    public void A_floor_above_the_newest_version_is_never_lowered(long floor)
    {
        Write(40);
        Assert.Equal(floor, _chain.RaiseFloor(Requests.Set("x", floor)).Floor);
    }

    [Fact]
    public void A_floor_is_not_raised_over_the_request_s_own_version()
    {
        Write(10);
        var own = Requests.Set("own", floor: 10);
        Learn([own]);
        Write(20);
        Assert.Equal(10, _chain.RaiseFloor(own).Floor);
        Assert.Equal(31, _chain.RaiseFloor(Requests.Set("x", floor: 10)).Floor);
    }

    [Fact]
    public void A_floor_below_what_is_remembered_is_left_alone()
    {
        WriteSlowly(2000);
        Assert.Equal(3, _chain.RaiseFloor(Requests.Set("x", floor: 3)).Floor);
        Assert.Equal(2000, _chain.RaiseFloor(Requests.Set("x", floor: 1800)).Floor);
    }

    [Fact]
    public void All_that_was_written_in_a_minute_is_remembered()
    {
        WriteSlowly(2000);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Write(1500);
        _clock.Advance(TimeSpan.FromSeconds(50));
        Write(1500);
        Assert.Equal(5000, _chain.RaiseFloor(Requests.Set("x", floor: 2000)).Floor);
    }

    [Fact]
    public void A_floor_of_a_change_with_a_condition_is_never_raised()
    {
        Write(40);
        Assert.Equal(3, _chain.RaiseFloor(Requests.Decide("x", floor: 3)).Floor);
        Assert.Equal(3, _chain.RaiseFloor(Requests.CompareAndSet("x", 40, floor: 3)).Floor);
        Assert.Equal(3, _chain.RaiseFloor(Requests.New(Change.Delete(), floor: 3)).Floor);
    }

    [Fact]
    public void A_jump_over_versions_not_seen_forgets_what_was_before()
    {
        Write(5);
        var unseen = _newest;
        for (var count = 0; count < 100; count++)
            unseen = Next(unseen, [Requests.Set("y", unseen.State.Version)]);
        _chain.Learn(unseen, []);
        Assert.Equal(5, _chain.RaiseFloor(Requests.Set("x", floor: 5)).Floor);
        Assert.Null(_chain.EntriesAfter(5));
        Assert.Equal(105, Assert.Single(_chain.EntriesAfter(104)!.Value).Version);
    }

    [Fact]
    public void More_entries_are_kept_while_someone_watches()
    {
        Write(100);
        Assert.Null(_chain.EntriesAfter(80));
        _chain.Watched = true;
        Write(100);
        Assert.Equal(100, _chain.EntriesAfter(100)!.Value.Length);
    }

    [Fact]
    public void A_first_version_below_the_origin_of_the_bucket_is_believed_once_a_read_that_began_later_shows_it()
    {
        var nothing = new ChosenState(Ballot.None, RegisterState.Empty with { Origin = new RegisterOrigin(3, 0) });
        var first = Next(ChosenState.Empty, [Requests.Set("x")]);
        _chain.Learn(nothing, []);
        Assert.False(_chain.Learn(first, []));
        Assert.False(_chain.Learn(first, [], since: ChosenState.Empty));
        Assert.Same(nothing, _chain.Newest);
        Assert.True(_chain.Learn(first, [], since: nothing));
        Assert.Equal(1, Assert.Single(_chain.EntriesAfter(0)!.Value).Version);
    }

    private void Write(int times)
    {
        for (var time = 0; time < times; time++)
            Learn([Requests.Set("x", _newest.State.Version)]);
    }

    /// <summary>Writes a hundred versions every six seconds.</summary>
    private void WriteSlowly(int times)
    {
        for (var written = 0; written < times; written += 100)
        {
            Write(100);
            _clock.Advance(TimeSpan.FromSeconds(61));
        }
    }

    private void Learn(ChangeRequest[] requests)
    {
        _newest = Next(_newest, requests);
        _chain.Learn(_newest, _newest.State.Entries);
    }

    private static ChosenState Next(ChosenState chosen, ChangeRequest[] requests) => new(
        new Ballot(chosen.Ballot.Round + 1, Guid.Empty),
        ChangeRules.Judge(chosen.State, basisChosen: true, requests, Limits).State);
}
