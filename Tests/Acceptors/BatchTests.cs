using Orleans.Paxos.Acceptors;
using Orleans.Paxos.Tests.World;
using Orleans.Storage;

namespace Orleans.Paxos.Tests.Acceptors;

/// <summary>A batch of messages is one turn of an acceptor: all registers are stepped, one commit persists them, and all answers leave.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private static readonly Guid Proposer = new("aaaaaaaa-0000-0000-0000-000000000000");

    private readonly PaxosWorld _world = new(1, inOneCommit: true);
    private readonly TurnScheduler _turns = new();
    private readonly List<Exception> _failures = [];
    private Acceptor _acceptor = null!;

    private MemoryStorage Storage => _world.Node(1).Storage;

    public async ValueTask InitializeAsync()
    {
        _acceptor = _world.Node(1).NewActivation();
        await _turns.RunAsync(() => _acceptor.StatusAsync("a1"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Many_registers_are_persisted_by_one_commit_and_answered_in_order()
    {
        var (writes, commits) = (Storage.Writes, CountCommits());
        var replies = await PrepareAsync(1, [.. Enumerable.Range(0, 100).Select(number => $"r{number}")]);
        Assert.Equal(100, replies.Count(reply => reply!.Granted));
        Assert.Equal((100, 1), (Storage.Writes - writes, commits()));
        Assert.Equal([null, 2, null], (await PrepareAsync(2, ["r1", "r1", "r2"])).Select(reply => reply!.Granted ? null : (long?)reply.Promised.Round));
        Assert.Equal(2, commits());
    }

    [Fact]
    public async Task No_answer_leaves_before_the_commit_and_a_register_of_it_takes_part_in_the_next()
    {
        TaskCompletionSource reached = new(), gate = new();
        Storage.BeforeWrite = _ =>
        {
            reached.TrySetResult();
            return gate.Task;
        };
        var first = PrepareAsync(1, ["a", "b"]);
        await reached.Task;
        var second = PrepareAsync(2, ["b", "c"]);
        Storage.BeforeWrite = null;
        var other = await PrepareAsync(1, ["d"]); // another register does not wait for them
        Assert.True(other[0]!.Granted);
        await Task.WhenAny(first, second, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);
        gate.SetResult();
        Assert.All(await first, reply => Assert.Equal((true, 1), (reply!.Granted, reply.Promised.Round)));
        Assert.All(await second, reply => Assert.Equal((true, 2), (reply!.Granted, reply.Promised.Round)));
    }

    [Fact]
    public async Task A_register_that_another_has_written_is_not_answered_and_the_others_of_its_commit_are()
    {
        await PrepareAsync(1, ["a", "b", "c"]);
        await _world.Node(1).PrepareAsync(new PrepareRequest(_world.Set.Id, "b", new Ballot(5, Proposer)));
        var replies = await PrepareAsync(3, ["a", "b", "c"]);
        Assert.Equal([true, null, true], replies.Select(reply => reply?.Granted));
        Assert.IsType<InconsistentStateException>(Assert.Single(_failures));
        Assert.Equal(5, (await PrepareAsync(4, ["b"]))[0]!.Promised.Round); // read again (I8)
    }

    [Fact]
    public async Task After_a_commit_of_unknown_outcome_none_is_answered_and_each_is_read_again()
    {
        Storage.AfterWrite = _ => throw new TimeoutException("The answer of the storage was lost.");
        Assert.Equal([null, null], await PrepareAsync(9, ["a", "b"]));
        Assert.Equal(2, _failures.Count);
        Storage.AfterWrite = null;
        Assert.All(await PrepareAsync(8, ["a", "b"]), reply => Assert.Equal((false, 9), (reply!.Granted, reply.Promised.Round)));
    }

    [Fact]
    public async Task A_register_that_cannot_be_read_is_not_answered_and_the_others_are()
    {
        await PrepareAsync(1, ["a"]);
        Storage.Damage("register");
        _acceptor = _world.Node(1).NewActivation();
        Assert.Equal([null, true], (await PrepareAsync(2, ["a", "b"])).Select(reply => reply?.Granted));
    }

    [Fact]
    public async Task An_empty_batch_has_an_empty_answer() => Assert.Empty(await PrepareAsync(1, []));

    private Func<int> CountCommits()
    {
        var commits = 0;
        Storage.BeforeWrite = _ =>
        {
            commits++;
            return Task.CompletedTask;
        };
        return () => commits;
    }

    private async Task<ImmutableArray<PrepareReply?>> PrepareAsync(long round, string[] registers)
    {
        var requests = new Batch<PrepareRequest>([.. registers.Select(register => new PrepareRequest(_world.Set.Id, register, new Ballot(round, Proposer)))]);
        return (await _turns.RunAsync(() => _acceptor.PrepareAsync(requests, _failures.Add))).Items;
    }
}
