using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Repair;

/// <summary>An acceptor that was away takes in what it has missed.</summary>
public sealed class CatchUpTests
{
    private const int Registers = 50;

    private readonly PaxosWorld _world = new(inOneCommit: true);
    private readonly MissedWrites _missed = new(TimeProvider.System);

    [Fact]
    public async Task It_takes_in_what_it_has_missed_with_one_write_each_and_the_others_write_nothing()
    {
        await WriteAsync("before");
        _world.Node(3).Down = true;
        await WriteAsync("away");
        _world.Node(3).Down = false;
        await _world.QuietAsync();
        var (others, own) = (_world.Node(1).Storage.Writes + _world.Node(2).Storage.Writes, _world.Node(3).Storage.Writes);
        await CatchUpAsync();
        Assert.Equal(others, _world.Node(1).Storage.Writes + _world.Node(2).Storage.Writes);
        Assert.Equal(own + Registers, _world.Node(3).Storage.Writes);
        Assert.Equal((2 * Registers, 0L, Registers), (_missed.Status.Looked, _missed.Status.Behind, _missed.Status.Brought));
        await AssertHoldsAllAsync();
    }

    [Fact]
    public async Task After_that_nothing_is_repaired_when_another_is_lost()
    {
        await _world.JoinAsync();
        _world.Node(3).Down = true;
        await WriteAsync("away");
        _world.Node(3).Down = false;
        await CatchUpAsync();
        _world.Node(1).Down = true;
        await _world.QuietAsync();
        var writes = _world.Writes;
        for (var number = 0; number < Registers; number++)
            Assert.Equal("away", (await _world.NewRegister($"away{number}").ReadAsync(ReadConsistency.Linearizable)).Text());
        Assert.Equal(writes, _world.Writes);
    }

    [Fact]
    public async Task What_has_nothing_to_take_in_costs_a_list_and_no_write()
    {
        await WriteAsync("r");
        await _world.QuietAsync();
        var writes = _world.Writes;
        await CatchUpAsync();
        Assert.Equal(writes, _world.Writes);
        Assert.Equal((Registers, 0L, 0L), (_missed.Status.Looked, _missed.Status.Behind, _missed.Status.Brought));
    }

    [Fact]
    public async Task A_state_that_it_may_not_accept_any_more_is_proposed_again()
    {
        await _world.JoinAsync();
        _world.Node(3).Down = true;
        await _world.ProposeAsync("r", Requests.Set("1"));
        _world.Node(3).Down = false;
        Assert.True((await _world.Node(3).PrepareAsync(new PrepareRequest(_world.Set.Id, "r", new Ballot(1_000, UniqueId.New())))).Granted);
        await CatchUpAsync();
        Assert.Equal("1", (await HeldByThirdAsync("r")).State!.Newest.Text());
    }

    [Fact]
    public async Task A_rival_s_state_of_the_initial_round_does_not_count_as_newer()
    {
        var (lost, won) = (Ballot.Initial(new Guid("ffffffff-ffff-ffff-ffff-ffffffffffff")), await _world.ProposeAsync("other", Requests.Set("1")));
        var rival = new AcceptRequest(_world.Set.Id, "r", lost, won.Chosen!.State, Ballot.None);
        Assert.True((await _world.Node(3).AcceptAsync(rival)).Accepted);
        _world.Node(3).Down = true;
        await _world.ProposeAsync("r", Requests.Set("2"));
        _world.Node(3).Down = false;
        await CatchUpAsync();
        Assert.Equal("2", (await HeldByThirdAsync("r")).State!.Newest.Text());
    }

    [Fact]
    public async Task Without_a_majority_it_goes_on_suspecting()
    {
        await WriteAsync("r");
        _world.Node(1).Down = _world.Node(2).Down = true;
        _world.TimeIsUp();
        _missed.Suspect();
        await Assert.ThrowsAsync<QuorumUnavailableException>(CatchUpAsync);
        Assert.NotNull(_missed.Status.Since);
    }

    [Fact]
    public async Task An_acceptor_that_answers_again_is_told_once_that_it_has_missed_messages()
    {
        await WriteAsync("before");
        _world.Node(3).Down = true;
        await WriteAsync("away");
        Assert.Equal(0, _world.Node(3).ToldOfMisses);
        _world.Node(3).Down = false;
        while (_world.Node(3).ToldOfMisses == 0)
            await WriteAsync("back");
        await WriteAsync("later");
        await _world.QuietAsync();
        Assert.Equal(1, _world.Node(3).ToldOfMisses);
    }

    private async Task CatchUpAsync()
    {
        await _world.NewCatchUp(3, _missed).CatchUpAsync(CancellationToken.None);
        await _world.QuietAsync();
    }

    private async Task WriteAsync(string prefix)
    {
        for (var number = 0; number < Registers; number++)
            await _world.ProposeAsync($"{prefix}{number}", Requests.Set(prefix));
    }

    private async Task<ReadReply> HeldByThirdAsync(string register) =>
        await _world.Node(3).ReadAsync(new ReadRequest(_world.Set.Id, register, Ballot.None, WithState: true));

    private async Task AssertHoldsAllAsync()
    {
        for (var number = 0; number < Registers; number++)
            Assert.Equal("away", (await HeldByThirdAsync($"away{number}")).State!.Newest.Text());
    }
}
