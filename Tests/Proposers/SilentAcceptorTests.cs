using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Proposers;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

/// <summary>A clock that stands still proves that nothing waits for it.</summary>
public sealed class SilentAcceptorTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new();
    private readonly PaxosWorld _world;

    public SilentAcceptorTests() => _world = new PaxosWorld(clock: _clock);

    [Fact]
    public async Task A_divided_vote_is_not_kept_waiting_by_an_acceptor_that_does_not_answer()
    {
        var proposer = _world.NewProposer();
        var first = await WithOneSilentAsync(proposer);

        // A rival has the promise of one acceptor: one accepts, one refuses, and the third is silent.
        await _world.Node(2).PrepareAsync(new PrepareRequest(_world.Set.Id, "r", new Ballot(1_000, UniqueId.New())));
        var second = await proposer.ProposeAsync(new ProposeRequest("r", [Requests.Set("2", 1)], first.Next)).WaitAsync(Forever);
        Assert.Equal(ChangeStatus.Applied, second.Outcomes[0].Status);
    }

    [Fact]
    public async Task A_read_that_finds_no_agreement_is_not_kept_waiting_by_an_acceptor_that_does_not_answer()
    {
        var first = await WithOneSilentAsync(_world.NewProposer());
        var ballot = new Ballot(1_000, UniqueId.New());
        await _world.Node(2).AcceptAsync(new AcceptRequest(_world.Set.Id, "r", ballot, first.Chosen!.State, Ballot.None));

        var view = await _world.NewReader().ReadOnceAsync("r", ChosenState.Empty).WaitAsync(Forever);
        Assert.Equal((null, true), (view.Agreed, view.MajorityAnswered));
    }

    [Fact]
    public async Task A_divided_read_waits_for_an_acceptor_that_just_fell_silent_for_a_tenth_of_the_timeout()
    {
        await _world.JoinAsync();
        var first = await _world.NewProposer().ProposeAsync(new ProposeRequest("r", [Requests.Set("1")], null)).WaitAsync(Forever);
        var asked = new TaskCompletionSource();
        _world.Node(3).OnRequest = _ =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        await _world.Node(2).AcceptAsync(new AcceptRequest(_world.Set.Id, "r", new Ballot(1_000, UniqueId.New()), first.Chosen!.State, Ballot.None));

        var reading = _world.NewReader().ReadOnceAsync("r", ChosenState.Empty);
        await asked.Task.WaitAsync(Forever);
        Assert.False(reading.IsCompleted);
        _clock.Advance(_world.Options.AcceptorTimeout / 10);
        Assert.True((await reading.WaitAsync(Forever)).MajorityAnswered);
    }

    /// <summary>Writes while one acceptor receives messages but answers none, for longer than the timeout of a round.</summary>
    private async Task<ProposeResult> WithOneSilentAsync(Proposer proposer)
    {
        await _world.JoinAsync();
        _world.Node(3).OnRequest = _ => new TaskCompletionSource().Task;
        var written = await proposer.ProposeAsync(new ProposeRequest("r", [Requests.Set("1")], null)).WaitAsync(Forever);
        _clock.Advance(_world.Options.AcceptorTimeout);
        return written;
    }
}
