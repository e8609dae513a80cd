using Orleans.Paxos.Proposers;
using Orleans.Paxos.Tests.World;

namespace Orleans.Paxos.Tests.Proposers;

/// <summary>Requests that clients send to one silo's proposer for the same register share proposals.</summary>
public sealed class SharedProposalTests
{
    private readonly PaxosWorld _world = new();
    private readonly TurnScheduler _turns = new();
    private readonly List<ChosenState> _told = [];
    private readonly ProposerFront _front;

    public SharedProposalTests() => _front = _world.NewFront((_, chosen) =>
    {
        _told.Add(chosen);
        return Task.CompletedTask;
    });

    [Fact]
    public async Task Changes_that_wait_together_share_a_proposal()
    {
        await _world.JoinAsync();
        await ChangeAsync(Requests.Set("first"));
        await _world.QuietAsync();
        var writes = _world.Writes;

        var allWait = new TaskCompletionSource();
        foreach (var node in _world.Nodes.Values)
            node.OnRequest = _ => allWait.Task;
        var changes = Enumerable.Range(0, 100).Select(number => ChangeAsync(Requests.Set($"{number}", floor: 1))).ToArray();
        await _turns.RunAsync(() => Task.FromResult(true)); // a turn after theirs
        allWait.SetResult();
        var outcomes = await Task.WhenAll(changes);

        await _world.QuietAsync();
        Assert.Equal(Enumerable.Range(2, 100), outcomes.Select(outcome => (int)outcome.Version).Order());
        Assert.InRange(_world.Writes - writes, 3, 12 * 3);
    }

    [Fact]
    public async Task Registers_do_not_wait_for_each_other()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => ChangeAsync(Requests.Set("1"), $"r{number}")));
        Assert.All(outcomes, outcome => Assert.Equal(1, outcome.Version));
    }

    [Fact]
    public async Task Two_copies_of_a_request_in_one_queue_are_applied_once()
    {
        var request = Requests.Set("1");
        var outcomes = await Task.WhenAll(ChangeAsync(Requests.Set("0")), ChangeAsync(request), ChangeAsync(request));
        Assert.Equal([1, 2, 2], outcomes.Select(outcome => (int)outcome.Version));
    }

    [Fact]
    public async Task The_learner_is_told_what_was_chosen()
    {
        await ChangeAsync(Requests.Set("1"));
        await ChangeAsync(Requests.Set("2", floor: 1));
        Assert.Equal([1, 2], _told.Select(chosen => (int)chosen.State.Version));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_learner_that_cannot_be_told_does_not_make_a_decided_change_unknown(bool atOnce)
    {
        var failure = new InvalidOperationException("No such grain.");
        var front = _world.NewFront((_, _) => atOnce ? throw failure : Task.FromException(failure));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(number =>
            _turns.RunAsync(() => front.ChangeAsync("r", Requests.Set($"{number}")))));
        Assert.Equal([1, 2, 3], outcomes.Select(outcome => (int)outcome.Version));
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_register_without_work()
    {
        await ChangeAsync(Requests.Set("1"));
        await _world.QuietAsync();
        var requests = _world.Requests;

        await ChangeAsync(Requests.Set("2", floor: 1));

        await _world.QuietAsync();
        Assert.Equal(2 * 3, _world.Requests - requests); // prepare and accept: no prepared round was kept
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused_without_harm_to_what_waits_with_it()
    {
        var good = ChangeAsync(Requests.Set("1"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => ChangeAsync(Requests.Set("1"), "a//b"));
        await Assert.ThrowsAsync<RegisterValueTooLargeException>(() => ChangeAsync(Requests.Set(new string('v', _world.Options.MaxValueBytes + 1))));
        Assert.Equal(1, (await good).Version);
    }

    private Task<ChangeOutcome> ChangeAsync(ChangeRequest request, string register = "r") =>
        _turns.RunAsync(() => _front.ChangeAsync(register, request));
}
